"""What stands on a page beside the article: related links, share lines, comment forms, sign-ups, credits, notices.

A phrase decides, in the languages below. What a reporter might write as a sentence is furniture only where it stands
as a label ("Related: …") or is the whole line ("Comments"). Phrases are in lower case, apostrophes straight.
"""

import re
from functools import cache

_LONGEST = 400
"""Furniture is short. A longer paragraph that begins like it is an article that has lost its line breaks."""

# With a colon, dash or arrow behind them, or alone on the line.
_LABELS = """
read|read more|read also|also read|read next|read this|must read|read here|more to read|see also|related|related stories|related story
related articles|related news|related links|related topics|more on this|more on this story|more from|more stories|more news|recommended
recommended for you|you may also like|you might also like|don't miss|editor's picks|editors' picks|most read|trending|watch|watch now
watch live|watch also|also watch|watch more|listen|listen now|in pictures|in photos|see more|explore|explore more|tags|topics|filed under|follow topic
share|share this|advertisement|ad|sponsored|promoted|source|sources|image|images|photo|photos|picture|video|photo credit|image credit
image source|photo courtesy|photograph|graphic|file photo|credit|caption|email|e-mail|phone|tel|telephone|mobile|whatsapp|twitter|facebook|instagram
contact|editing by|writing by|reporting by|compiled by|additional reporting by|edited by|keywords|category|categories|also on|updated at
à lire aussi|a lire aussi|lire aussi|lire également|à lire|à voir aussi|voir aussi|à écouter|sur le même sujet|sur le même thème|partager|publicité
lisez aussi|crédit photo|crédits photo|mots-clés|regardez|en images|suivez-nous|la rédaction vous conseille|nos autres articles
lea también|lea tambien|leer también|leer más|lee también|lee además|te puede interesar|le puede interesar|más información|vea también|ver también
ver más|relacionado|noticias relacionadas|compartir|publicidad|foto|fotos|mira también|además|etiquetas|síguenos|no te pierdas
lesen sie auch|lesen sie mehr|auch interessant|mehr zum thema|zum thema|siehe auch|weiterlesen|mehr dazu|teilen|anzeige|werbung|bild|quelle|schlagworte
das könnte sie auch interessieren|video zum thema|artikel teilen
leia também|leia mais|leia ainda|veja também|saiba mais|veja mais|assista|compartilhe|compartilhar|publicidade|partilhar|relacionadas|crédito
leggi anche|leggi di più|leggi pure|guarda anche|vedi anche|approfondisci|condividi|pubblicità|correlati|potrebbe interessarti
lees ook|lees meer|lees verder|bekijk ook|zie ook|meer over|deel|delen|advertentie|gerelateerd
читайте также|читать также|читать далее|читайте нас|смотрите также|по теме|подробнее|поделиться|реклама|фото|видео|материалы по теме|ещё по теме|теги|источник
اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|اقرا ايضا|اقرأ المزيد|شاهد أيضا|شاهد أيضاً|شاهد|مواضيع ذات صلة|ذات صلة|موضوعات متعلقة|شارك|مشاركة|إعلان|المصدر|صورة|تابعنا
یہ بھی پڑھیں|مزید پڑھیں|یہ بھی دیکھیں|مزید پڑھئے|یہ بھی پڑھیے|متعلقہ خبریں|شیئر کریں|شیئر|اشتہار|تصویر|ویڈیو دیکھیں|مزید خبریں
यह भी पढ़ें|ये भी पढ़ें|यह भी पढ़े|ये भी पढ़े|इसे भी पढ़ें|और पढ़ें|यह भी देखें|ये भी देखें|संबंधित खबरें|शेयर करें|साझा करें|विज्ञापन|फोटो|तस्वीर|वीडियो देखें
ayrıca okuyun|bunu da okuyun|ilgili haber|ilgili haberler|daha fazla oku|devamını oku|paylaş|reklam|fotoğraf|kaynak|ayrıca bakınız|etiketler
baca juga|baca selengkapnya|baca pula|lihat juga|simak juga|tonton juga|artikel terkait|berita terkait|bagikan|iklan|sumber|pilihan editor
xem thêm|đọc thêm|tin liên quan|bài liên quan|có thể bạn quan tâm|chia sẻ|quảng cáo|ảnh|nguồn|mời bạn đọc thêm
相关阅读|延伸阅读|相关新闻|相关报道|更多阅读|推荐阅读|阅读更多|另请参阅|分享|分享到|广告|廣告|图片来源|来源|責任編輯|责任编辑|编辑|記者|相關新聞|延伸閱讀|更多新聞
関連記事|あわせて読みたい|合わせて読みたい|こちらも読む|続きを読む|おすすめ記事|シェア|広告|写真|画像|出典
"""

# The whole line, with at most a number, a count or a mark beside it.
_ALONE = """
comments?|no comments|comments closed|comments are closed|add (a )?comment|add your comment|leave a (comment|reply)|post (a )?comment|your comment
write a comment|show comments|hide comments|view (all )?comments|load more( comments)?|join the (conversation|discussion)|be the first to comment
sort by|newest( first)?|oldest( first)?|most popular|reply|report abuse|cancel( reply)?|submit( comment)?|log ?in|log out|sign in|sign up|register
name \\*?|email \\*?|website|subscribe( now)?|newsletter|newsletters|share|tweet|pin( it)?|print|email|save|bookmark|copy link|link copied|follow|following|like
share on|share via|share article|share this (article|story|post|page)|share on (facebook|twitter|x|whatsapp|linkedin|reddit|email|telegram).*
facebook|twitter|whatsapp|telegram|instagram|linkedin|reddit|pinterest|youtube|messenger|flipboard|threads|bluesky|mastodon|tumblr|x|viber|vk
font size|text size|a\\+|a-|listen to (this )?(article|story)|play video|play audio|video player|loading( \\.\\.\\.)?|skip( to| advertisement).*|back to top|home|menu|search
next|previous|next (article|story)|previous (article|story)|read more|read full (article|story)|full story|more|see all|view all|continue reading.*|story continues( below)?.*
article continues( below)?.*|advertisement( - continue reading below)?|sponsored( content)?|end of (advertisement|podcast|story)|\\d+ (comments?|shares?|views?|likes?)
\\d+ ?(min|mins|minutes?|minute)( read)?|(estimated )?reading time.*|opinion|analysis|editorial|exclusive|premium|subscribers only|live|photos|gallery|file photo|file
scroll down for (the )?videos?|scroll for (the )?videos?|e-?mail to a friend|e-?mail this( article)?|first published.*|this is a developing story.*|\\(?with (additional )?(inputs?|input|reporting) (from|by) .{2,60}
error ?|saved ?|denied ?|replying to [^,.:]{1,60}|what do you think\\??|success|thank you for your comment.*|more details|image|photo|video|the end|ends|###|-30-
commentaires?|laisser un commentaire|ajouter un commentaire|imprimer|s'abonner|abonnez-vous|se connecter|publicité|temps de lecture.*|envoyer par e-?mail
comentarios?|dejar? un comentario|deja tu comentario|imprimir|suscríbete|iniciar sesión|tiempo de lectura.*|comentários?|deixe (um|seu) comentário|assine|entrar
kommentare?|kommentar schreiben|drucken|abonnieren|anmelden|lesezeit.*|commenti|commenta|lascia un commento|stampa|abbonati|accedi|reacties|reageer|plaats reactie|afdrukken
комментарии|комментарий|оставить комментарий|распечатать|подписаться|войти|время чтения.*|تعليقات|التعليقات|أضف تعليق|اترك تعليقا|اطبع|طباعة|اشترك|تسجيل الدخول
تبصرے|تبصرہ کریں|اپنا تبصرہ لکھیں|پرنٹ|سبسکرائب کریں|टिप्पणियां|टिप्पणी करें|कमेंट|कमेंट करें|प्रिंट|सब्सक्राइब करें|लॉग इन
yorumlar|yorum yap|yorum yaz|yazdır|abone ol|giriş yap|komentar|tulis komentar|cetak|berlangganan|masuk|bình luận|gửi bình luận|in bài|đăng ký|đăng nhập
评论|发表评论|登录|打印|订阅|收藏|返回顶部|コメント|コメントする|印刷|購読|ログイン|댓글|댓글쓰기|기사공유|인쇄
"""

# The beginning of a line or sentence, whatever follows.
_OPENINGS = """
comments are (moderated|closed|disabled|open|subject)|your comment (will|is|has|was)|you can post your comment|saved ?! |error ?! |denied ?!
for more information, please see our |your email address will not be published|required fields are marked|please (log ?in|sign in|register) to
(sorry,? )?we are (no longer|not currently|not|currently not) accepting comments|sorry we are |(sorry,? )?you must be logged in|log ?in (or|to) |sign in to |sign up (for|to|now|here)|subscribe (to|now|for)
get (the|our) (latest|best|day's|top|breaking|daily|free) .{0,60}(inbox|newsletter|e-?mail|app\\b)|receive (the|our) .{0,60}(inbox|newsletter|e-?mail)|enter your e-?mail|by (signing|clicking|subscribing|entering|providing)
join our (whatsapp|telegram|newsletter|mailing|community)|join (us|the conversation) on|follow (us|@|our|me|him|her|them|[^.]{0,60} on (twitter|facebook|instagram|x\\b|threads|linkedin|whatsapp|google))|like us on |like [^.]{0,40} on facebook|find us on|connect with us
click (here|below|on the|to) |click here|tap (here|to) |download (the|our) .{0,40}app\\b|share (this )?(article|story|post|news|page|video)|share your (thoughts|views|opinion|story)|tell us (what|your)|have your say|let us know (what|in the comments|on|if you)
(video|watch|photos?|gallery): scroll |scroll down (for|to) |copyright\\s?(©|\\(c\\)|\\d{4}|by |notice|reserved)|© ?|\\(c\\) ?\\d{4}|all rights reserved|this (material|article|content|story|service|site) (may not be|is protected|was produced|uses)|no part of this
published in (the )?[^.]{2,60}(\\d{4}|edition)|(this|the) (article|story|piece|column|op-ed|essay) (was|first|originally|also|has been) (first |originally |also )?(appeared|published|updated|amended|corrected|produced|been)|originally published
(a version|an earlier version|a longer version) of this (article|story|piece|column|op-ed)|(the )?(views|opinions) expressed|(the )?views and opinions|disclaimer|reporting by |additional reporting|editing by |compiled by |writing by |photo(graph)? (by|courtesy)|image (courtesy|via)|picture (by|courtesy)
support (our|independent|quality) journalism|donate (to|now)|become a (member|subscriber|supporter)|already a (subscriber|member)|this (post|page) may contain affiliate|we may earn|if you have (a|any) (story|tip|information about)|do you have (a|any) (story|tip)|got a (story|tip)|send us
we use cookies|accept (all )?cookies|privacy policy|terms (of use|and conditions)|see the original (story|article) (at|on)|for (all )?(the )?latest (news|updates)|(read|catch) (all )?(the )?latest |stay (up to date|tuned (to|for)|informed with)|to stay informed
read more (about|on|from|at|stories|news)|more (stories|news|videos) (on|from|about)|most popular |get more |want more |check out our |watch (the )?(full )?video (below|above|here)|(you can )?listen to (this|the) (article|story|podcast)|also read\\b|read also\\b
abonnez-vous|inscrivez-vous|recevez |suivez[- ]nous|suivez l'actualité|cliquez ici|tous droits réservés|votre adresse e-?mail|laissez un commentaire|téléchargez l'application|partagez cet|cet article est réservé|lire la suite|(lire|voir) aussi\\b|à lire aussi\\b
suscríbete|suscríbase|síguenos|síganos|regístrate|haz clic aquí|haga clic aquí|todos los derechos reservados|tu dirección de correo|descarga la app|recibe (las|nuestro)|lea también\\b|te puede interesar\\b
abonnieren sie|melden sie sich|folgen sie uns|klicken sie hier|alle rechte vorbehalten|jetzt abonnieren|newsletter abonnieren|laden sie die app|lesen sie (auch|hier)\\b
assine (o|a|nossa|já)|inscreva-se|siga-nos|siga o|clique aqui|todos os direitos reservados|receba (as|nossa)|baixe o app|leia (também|mais)\\b|entre (no|em) (nosso )?(grupo|canal)
iscriviti|abbonati|seguici|clicca qui|tutti i diritti riservati|© riproduzione riservata|riproduzione riservata|ricevi |scarica l'app|leggi anche\\b
schrijf je in|abonneer|volg ons|klik hier|alle rechten voorbehouden|meld je aan|download de app|lees ook\\b
подписывайтесь|подпишитесь|читайте также\\b|читайте нас|следите за|нажмите здесь|все права защищены|присоединяйтесь к|наш телеграм|больше новостей
اشترك في|تابعونا|تابعنا|تابعوا|اضغط هنا|انقر هنا|جميع الحقوق محفوظة|حقوق النشر|حمل التطبيق|للمزيد من|اقرأ أيضا|اقرأ أيضاً|انضم
ہمیں فالو|فالو کریں|سبسکرائب کریں|یہاں کلک|جملہ حقوق|ہمارا واٹس|واٹس ایپ چینل|یہ بھی پڑھیں|مزید پڑھیں|ہمارے یوٹیوب|ایپ ڈاؤن لوڈ|مزید خبروں کے لیے
हमें फॉलो|फॉलो करें|सब्सक्राइब करें|यहां क्लिक|यहाँ क्लिक|सर्वाधिकार सुरक्षित|हमारे व्हाट्सएप|व्हाट्सएप चैनल|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|ऐप डाउनलोड|ताज़ा खबरों के लिए|देश-दुनिया की
bizi takip|takip edin|abone olun|buraya tıkla|tüm hakları saklıdır|bültenimize|uygulamayı indir|ikuti (kami|berita)|berlangganan|klik di sini|hak cipta|dapatkan (berita|update)|unduh aplikasi|baca juga\\b|gabung
theo dõi (chúng tôi|báo)|đăng ký nhận|bấm vào đây|bản quyền|tải ứng dụng|mời (quý )?(độc|bạn đọc)
关注我们|订阅我们|点击(这里|此处|查看)|版权所有|未经授权|下载(客户端|app)|扫描二维码|微信公众号|更多精彩|声明：|免责声明|本文(转载|来源|首发)|转载请|フォロー(する|して)|登録(する|はこちら)|無断転載|全著作権|クリックして|詳しくはこちら|アプリをダウンロード|무단 ?전재|저작권자|ⓒ ?|구독
"""

# Anywhere in a short sentence.
_WITHIN = """
contributed to (this|the) (report|story|article)|all rights reserved|privacy policy|terms of (use|service)|e-?mail to a friend|unsubscribe at any time|delivered (straight |directly )?to your inbox
may not be (published|reproduced|republished),? (broadcast|rewritten|without|in)|(do|does) not necessarily (reflect|represent)|do not reflect the (views|opinions|policy)|on-topic and not abusive|not currently accepting comments|please see our .{0,40}faq|will be displayed after|post your comment in \\d
click here (for|to|now)|scroll down for video|for more (stories|news|information),? (visit|follow|click|go to|see our)|to donate .{0,60}click here|does not constitute (investment|financial)|getty images|shutterstock|afp/getty|reuters/[a-z]|image credit|photo credit
ne reflètent pas (nécessairement )?|no reflejan necesariamente|não refletem necessariamente|не обязательно (отражает|совпадает)|мнение (автора|редакции)|لا تعبر (بالضرورة )?عن|ادارے کا .{0,40}متفق ہونا|संपादकीय टीम|ये लेखक के निजी विचार|यह लेखक के निजी|본지의 .{0,20}다를 수
"""

_LABEL_END = r"\s{0,2}(?:[:：|>»›→►▶]|[-–—]\s|$)"
_MENTION = re.compile(
    r"https?://\S{1,500}|www\.\S{1,300}|[\w.+-]{1,64}\s?(?:@|\[at\]|\(at\))\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|(?<!\w)@{1,2}\w{2,40}"
    r"|\+?\(?\d[\d ()./-]{6,18}\d"
)
_MENTION_LABEL = re.compile(
    r"\b(?:e-?mail|mail|twitter|tweets?|x|instagram|facebook|linkedin|tel|phone|telephone|ph|fax|mobile|cell|call|contact|"
    r"whatsapp|web|website|follow|on|at|and|or|via|the writer|writer|author|handle|id|us|him|her|me|can be reached|reach|is|"
    r"correo|courriel|teléfono|téléphone|telefon|telefone|телефон|почта)\b|ای میل|فون|ईमेल|फोन|संपर्क|البريد الإلكتروني|هاتف|邮箱|电话|電話|メール",
    re.IGNORECASE,
)
_NETWORKS = re.compile(
    r"(?:facebook|twitter|whats ?app|telegram|instagram|linkedin|reddit|pinterest|e-?mail|print|messenger|copy link|link|share|"
    r"tweet|flipboard|threads|bluesky|tumblr|viber|line|youtube|x|save|sms|pocket|more|on|via|with|this|\W)+",
    re.IGNORECASE,
)
_PARENTHESISED = re.compile(
    r"[(\[（](?:photo|image|picture|file|credit|source|with (?:inputs|agency|agencies)|agencies|reuters|afp|ap|pti|ani|"
    r"foto|bild|crédit|фото|pictured|screenshot|اے ایف پی|एजेंसी|भाषा)\b[^)\]）]{0,120}[)\]）]\W*",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3} ?/ ?)?(?:AFP|AP|Reuters|REUTERS|EPA|Getty|Xinhua|PTI|ANI|dpa|TASS|Anadolu|Bloomberg)"
    r"(?: ?/ ?[A-Z][\w.'’ -]{1,40})?(?: (?:Photo|Images|via Getty Images))?\W*|(?:Photo|Image|Picture|Foto|Bild|Фото|Photograph)s?"
    r"(?: (?:by|courtesy|credit|via)\b|\s?[:/]|\s—)[^.]{0,100}\.?"
)


_SHOUTED = re.compile(r"(?:COMMENTS?|SHARE|RELATED|ADVERTISEMENT|SPONSORED|NEWSLETTER)\s[A-Z(\d]")
_LINK = re.compile(
    r"\W{0,3}(?:(?:READ|Read|ALSO|Also|SEE|See|RELATED|Related|WATCH|Watch)\b[\w ]{0,14}?\s?[:|–—-]\s?|(?:READ|Read)\s(?=[A-Z]))"
)
_GLUED = re.compile(r"(?<=[a-zß-ÿ?!”\"’])(?=[A-Z][a-z]*\s[a-z])|\s(?=[“\"][A-Z])")
_FEWEST_OWN = 40


def after_link(text: str, everyday: frozenset[str]) -> int:
    """Where the sentence's own words begin after a related link that was glued to it; 0 where no such place is plain.

    `Read Envoys meet in OstraThe talks went on.` and `Read Envoys meet in Ostra The talks went on.`: at a capital that
    touches a small letter, at a quotation, or at an everyday word with a capital behind the link's first three words.
    """
    link = _LINK.match(text)
    if not link:
        return 0
    for place in _GLUED.finditer(text, link.end() + 12):
        if len(text) - place.end() >= _FEWEST_OWN:
            return place.end()
    for word in re.finditer(r"(?<=\w\s)([A-Z][a-z]*)\s(?=[a-z])", text[link.end() :]):
        own = link.end() + word.start()
        if word[1].lower() in everyday and text[link.end() : own].count(" ") >= 3 and len(text) - own >= _FEWEST_OWN:
            return own
    return 0


def is_furniture(text: str) -> bool:
    """Whether a line, or a sentence in a line, is furniture. `text` is tidy, and may be of any language."""
    if len(text) > _LONGEST:
        return False
    low = text.replace("’", "'").lower().strip()
    bare = low.strip(" \t*_#•·●▪■►▶→»«>|<-–—=~+\"“”'[](){}")
    if not any(mark.isalnum() for mark in bare):
        return True
    if _labels().match(bare) or _alone().fullmatch(bare) or _openings().match(bare) or _within().search(low):
        return True
    return (
        _is_link(text)
        or bool(_SHOUTED.match(text))
        or _is_credit(text)
        or is_mention(text)
        or bool(_NETWORKS.fullmatch(low) and len(low) < 120)
    )


def is_mention(text: str) -> bool:
    """A line of nothing but addresses, handles and numbers, with their labels."""
    rest, count = _MENTION.subn(" ", text)
    return bool(count) and not re.search(r"\w{2,}", _MENTION_LABEL.sub(" ", rest))


def _is_link(text: str) -> bool:
    """`Read Ministers meet again in Kareempur`: a related link without its colon. Sentences do not begin so."""
    if re.match(r"(?:READ|Read)\s(?:(?:Also|ALSO|More|MORE)\s)?[\"“‘']?[A-Z]", text):
        return True
    return bool(re.match(r"(?:Watch|WATCH|Also|ALSO)\s[\"“‘']?[A-Z]", text)) and not re.search(r"[.!?][\"”’']?$", text)


def _is_credit(text: str) -> bool:
    return bool(_CREDIT.fullmatch(text) or _PARENTHESISED.fullmatch(text))


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives(_LABELS)}){_LABEL_END}")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"(?:[\d,.]{{1,7}}\s)?(?:{_alternatives(_ALONE)})\s?(?:[(\[]?\d{{0,6}}[)\]]?)?\W{{0,4}}")


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives(_OPENINGS)})")


@cache
def _within() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives(_WITHIN)})")


def _alternatives(table: str) -> str:
    return "|".join(table.strip().split("\n"))
