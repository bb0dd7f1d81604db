import pickle

import pytest

from summaries.errors import WallError
from summaries.intake.pages import read_html
from summaries.intake.walls import Sight, mend, wall_of

REPORT = (
    "The old bridge over the river Ald fell in the night of Monday, and nobody was hurt, Ostra police said. "
    "It had been closed since spring, when the first cracks were found. A new one will be built of stone. "
    "The mayor said that the town would pay for it, and that the work would begin before the winter came. "
)
# What servers show instead of an article: the title, the text, and what it is.
WALLS = {
    "challenge-en": (
        "Just a moment...",
        "Checking if the site connection is secure. This process is automatic.",
        "challenge",
    ),
    "challenge-attention": (
        "Attention Required! | Wall Co",
        "Sorry, you have been blocked. Why have I been blocked?",
        "challenge",
    ),
    "challenge-robot": (
        "Post",
        "Please verify you are a human. Press & Hold to confirm you are a human and not a bot.",
        "challenge",
    ),
    "challenge-captcha": ("Security check", "Please complete the CAPTCHA to go on to the page.", "challenge"),
    "challenge-de": ("Einen Moment bitte...", "Bitte bestätigen Sie, dass Sie ein Mensch sind.", "challenge"),
    "challenge-fr": ("Un instant...", "Vérifiez que vous êtes humain.", "challenge"),
    "challenge-es": ("Un momento…", "Verifica que eres humano.", "challenge"),
    "challenge-ru": ("Почта Остры", "Подтвердите, что вы не робот.", "challenge"),
    "challenge-ar": ("لحظة…", "يرجى التحقق من أنك إنسان.", "challenge"),
    "challenge-tr": ("Bir dakika lütfen...", "Robot olmadığınızı doğrulayın.", "challenge"),
    "challenge-zh": ("请稍候…", "请完成以下验证。", "challenge"),
    "challenge-ja": ("確認", "私はロボットではありません。", "challenge"),
    "challenge-hi": ("रुकिए", "सत्यापित करें कि आप इंसान हैं।", "challenge"),
    "consent-en": (
        "We value your privacy",
        "We and our 812 partners store and/or access information on a device. You can change your choices at any time.",
        "consent",
    ),
    "consent-continue": ("Before you continue to Post", "We use cookies and data to deliver our services.", "consent"),
    "consent-de": ("Post", "Wir und unsere 144 Partner verwenden Cookies. Mit Werbung weiterlesen.", "consent"),
    "consent-fr": ("Post", "Nous et nos 200 partenaires utilisons des cookies. Continuer sans accepter.", "consent"),
    "consent-es": ("Post", "Nosotros y nuestros socios utilizamos cookies. Aceptar y continuar.", "consent"),
    "consent-it": ("Post", "Noi e i nostri 80 partner utilizziamo i cookie. Accetta e continua.", "consent"),
    "consent-nl": ("Post", "Wij en onze partners gebruiken cookies.", "consent"),
    "consent-pt": ("Post", "Nós e os nossos parceiros usamos cookies. Aceitar e continuar.", "consent"),
    "cookies-en": ("Post", "Please enable cookies in your browser to go on.", "cookies"),
    "cookies-off": ("Post", "Cookies are disabled. Your browser does not accept cookies.", "cookies"),
    "cookies-de": ("Post", "Bitte aktivieren Sie Cookies in Ihrem Browser.", "cookies"),
    "cookies-fr": ("Post", "Veuillez activer les cookies de votre navigateur.", "cookies"),
    "javascript-en": ("Post", "You need to enable JavaScript to run this app.", "javascript"),
    "javascript-off": (
        "Post",
        "JavaScript is not available. We've detected that JavaScript is disabled.",
        "javascript",
    ),
    "javascript-browser": ("Post", "Your browser is not supported. Please use a modern browser.", "javascript"),
    "javascript-de": ("Post", "Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.", "javascript"),
    "javascript-fr": ("Post", "Veuillez activer JavaScript pour continuer.", "javascript"),
    "javascript-es": ("Post", "Por favor, active JavaScript en su navegador.", "javascript"),
    "javascript-pt": ("Post", "Ative o JavaScript para ver a página.", "javascript"),
    "javascript-it": ("Post", "Abilita JavaScript per vedere la pagina.", "javascript"),
    "javascript-ru": ("Post", "Включите JavaScript в вашем браузере.", "javascript"),
    "javascript-zh": ("Post", "请启用 JavaScript 以继续。", "javascript"),
    "javascript-ja": ("Post", "JavaScriptを有効にしてください。", "javascript"),
    "javascript-ar": ("Post", "يرجى تفعيل جافا سكريبت في متصفحك.", "javascript"),
    "paywall-en": ("Bridge falls", f"{REPORT}Subscribe to continue reading.", "paywall"),
    "paywall-already": ("Bridge falls", f"{REPORT}Already a subscriber? Log in.", "paywall"),
    "paywall-members": ("Bridge falls", f"{REPORT}This article is for subscribers only.", "paywall"),
    "paywall-limit": ("Bridge falls", f"{REPORT}You have reached your limit of free articles.", "paywall"),
    "paywall-de": ("Brücke fällt", f"{REPORT}Jetzt weiterlesen mit dem Digital-Abo.", "paywall"),
    "paywall-fr": ("Un pont tombe", f"{REPORT}La suite est réservée aux abonnés.", "paywall"),
    "paywall-es": ("Cae un puente", f"{REPORT}Suscríbete para seguir leyendo.", "paywall"),
    "paywall-pt": ("Cai uma ponte", f"{REPORT}Conteúdo exclusivo para assinantes.", "paywall"),
    "paywall-it": ("Cade un ponte", f"{REPORT}Contenuto riservato agli abbonati.", "paywall"),
    "paywall-nl": ("Brug valt", f"{REPORT}Alleen voor abonnees.", "paywall"),
    "paywall-ru": ("Мост упал", f"{REPORT}Материал доступен только подписчикам.", "paywall"),
    "paywall-tr": ("Köprü çöktü", f"{REPORT}Okumaya devam etmek için abone olun.", "paywall"),
    "paywall-zh": ("桥塌了", f"{REPORT}订阅后才能阅读全文。", "paywall"),
    "paywall-ja": ("橋が落ちた", f"{REPORT}この記事は有料会員限定です。", "paywall"),
    "region-en": ("Post", "This content is not available in your country.", "region"),
    "region-451": (
        "451: Unavailable due to legal reasons",
        "You are attempting to access this website from a country of the European Economic Area.",
        "region",
    ),
    "missing-en": (
        "Page not found | The Daral Post",
        "Sorry, the page you are looking for could not be found.",
        "missing",
    ),
    "missing-404": ("404", "Here is nothing. Try the homepage.", "missing"),
    "missing-news": (
        "404 Not Found - The Daral Post",
        f"The page you requested does not exist. Latest news: {REPORT}",
        "missing",
    ),
    "missing-server": ("Post", "Internal Server Error. Please try again later.", "missing"),
    "missing-de": ("Seite nicht gefunden", "Die Seite konnte nicht gefunden werden.", "missing"),
    "missing-fr": ("Page introuvable", "La page que vous cherchez est introuvable.", "missing"),
    "missing-es": ("Página no encontrada", "La página que busca no existe.", "missing"),
    "missing-ru": ("Страница не найдена", "Такой страницы не существует.", "missing"),
    "missing-zh": ("页面不存在", "您访问的页面不存在。", "missing"),
    "missing-ar": ("الصفحة غير موجودة", "عذرا، الصفحة التي تبحث عنها غير موجودة.", "missing"),
}
ARTICLES = {
    "report": ("Bridge falls", REPORT),
    "brief": ("Bridge falls", "The old bridge over the Ald fell at night. Nobody was hurt."),
    "about-cookies": (
        "Cookies",
        "Sites must let visitors say no to cookies as easily as yes, the data office of Daral ruled on Monday. "
        "Most banners say 'we use cookies' and hide the refusal behind three more pages, the office found. "
        "Four of the largest papers of the country have until June to change theirs, or pay a fine.",
    ),
    "about-captchas": (
        "Are you a robot?",
        "For twenty years people have clicked on traffic lights to show that they are no machines. "
        "'Please verify you are human' is now the sentence that people read most often, a study says. "
        "Machines are better at it than people by now, the two authors found when they tried.",
    ),
    "about-errors": (
        "Not found",
        "Nobody has seen the painting since it left the palace in a cart in 1931. "
        "An error in the list of the museum may be why no one looked for it until this spring. "
        "Two historians now believe that it hangs, under another name, in a bank in Ostra.",
    ),
    "about-paywalls": (
        "Papers lose readers",
        "Readers of the Daral Post who do not subscribe to continue reading after three articles are gone for good, "
        f"its owners said. {REPORT}{REPORT}",
    ),
    "newsletter": ("Bridge falls", f"{REPORT}Sign up for our newsletter to get such reports every morning."),
    "about-javascript": ("A language turns thirty", f"JavaScript was made in ten days. {REPORT}{REPORT}"),
    "long": ("404", REPORT * 20),
}


@pytest.mark.parametrize(("title", "text", "wall"), [pytest.param(*row, id=name) for name, row in WALLS.items()])
def test_a_wall_is_told_from_an_article(title: str, text: str, wall: str) -> None:
    assert wall_of(Sight((title,), text, text)) == wall


@pytest.mark.parametrize(("title", "text"), [pytest.param(*row, id=name) for name, row in ARTICLES.items()])
def test_articles_are_let_through(title: str, text: str) -> None:
    assert wall_of(Sight((title,), text, text)) is None


def page(title: str, body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


NOT_FREE = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'


@pytest.mark.parametrize(
    ("html", "code"),
    [
        pytest.param(page("Post", '<div id="root"></div><script src="/app.js"></script>'), "javascript", id="shell"),
        pytest.param(
            page("Post", '<noscript>You need to enable JavaScript.</noscript><div id="app"></div>'),
            "javascript",
            id="noscript",
        ),
        pytest.param(
            page("Just a moment...", '<script src="/cdn-cgi/challenge-platform/x.js"></script>'),
            "challenge",
            id="title",
        ),
        pytest.param(
            page("post.example", '<script src="https://geo.captcha-delivery.com/captcha/"></script>'),
            "challenge",
            id="marker",
        ),
        pytest.param(
            page("404 Not Found", "<h1>404 Not Found</h1><hr><center>server</center>"), "missing", id="server"
        ),
        pytest.param(page("Post", "<div></div>"), "empty", id="nothing"),
        pytest.param(
            page(
                "Bridge",
                "<article><p>The old bridge over the river Ald fell in the night of Monday.</p></article>",
                NOT_FREE,
            ),
            "paywall",
            id="a-sentence-that-is-not-free",
        ),
    ],
)
def test_what_stands_in_an_articles_place_is_named(html: bytes, code: str) -> None:
    with pytest.raises(WallError, match=r"^https://post\.example/a ") as caught:
        read_html(html, url="https://post.example/a")
    assert caught.value.code == code
    assert mend(caught.value.code) in str(caught.value)  # type: ignore[arg-type]


def test_an_article_beside_a_banner_is_read() -> None:
    banner = "<div class=banner>We and our 812 partners use cookies. Accept all</div>"
    paragraphs = "".join(f"<p>{REPORT}</p>" for _ in range(3))
    assert "old bridge" in read_html(page("Bridge falls", f"{banner}<article>{paragraphs}</article>", NOT_FREE)).text


def test_the_code_outlives_the_process_that_read_the_page() -> None:
    again = pickle.loads(pickle.dumps(WallError("x is a wall", "consent")))
    assert (str(again), again.code) == ("x is a wall", "consent")
