"""Short articles in many languages, about events and places that do not exist: paragraphs, each a list of sentences."""

Paragraphs = list[list[str]]

ARTICLES: dict[str, tuple[str, Paragraphs]] = {
    "en": (
        "Velmora reopens its harbour after the autumn flood",
        [
            [
                "The harbour of Velmora reopened on Tuesday, three weeks after a flood tore away its eastern pier.",
                "It will handle only fishing boats until the end of the year, said Dr. Ilse Maren.",
            ],
            [
                "The town council has set aside 4.5 million crowns for repairs to the pier and the two damaged cranes.",
                "But shopkeepers near the quay say that the money will not cover their losses.",
                "They lost most of the summer trade as well.",
            ],
            [
                "Engineers from neighbouring Tarn expect the cranes to be working again by March.",
                '"We have waited long enough for this," said fisherman Odo Brand.',
            ],
        ],
    ),
    "ur": (
        "ویلمورا کی بندرگاہ سیلاب کے بعد دوبارہ کھل گئی",
        [
            [
                "ویلمورا کی بندرگاہ منگل کو دوبارہ کھول دی گئی جو تین ہفتے پہلے سیلاب سے بند ہو گئی تھی۔",
                "اس میں سال کے آخر تک صرف ماہی گیروں کی کشتیاں آ سکیں گی۔",
            ],
            [
                "شہر کی کونسل نے گھاٹ اور دو کرینوں کی مرمت کے لیے چالیس لاکھ کراؤن مختص کیے ہیں۔",
                "لیکن دکانداروں کا کہنا ہے کہ یہ رقم ان کے نقصان کے لیے کافی نہیں۔",
                "انہوں نے گرمیوں کی تجارت بھی کھو دی تھی۔",
            ],
            [
                "انجینئروں کو امید ہے کہ کرینیں مارچ تک دوبارہ کام کرنے لگیں گی۔",
                "کیا حکومت مزید مدد دے گی؟",
            ],
        ],
    ),
    "hi": (
        "बाढ़ के बाद वेलमोरा का बंदरगाह फिर खुला",
        [
            [
                "वेलमोरा का बंदरगाह मंगलवार को फिर खोल दिया गया, तीन सप्ताह पहले बाढ़ ने इसका पूर्वी घाट तोड़ दिया था।",
                "इसमें साल के अंत तक केवल मछुआरों की नावें आ सकेंगी।",
            ],
            [
                "नगर परिषद ने घाट और दो क्रेनों की मरम्मत के लिए पैंतालीस लाख क्राउन रखे हैं।",
                "लेकिन दुकानदारों का कहना है कि यह राशि उनके नुकसान के लिए काफी नहीं है।",
                "उन्होंने गर्मियों का व्यापार भी खो दिया था।",
            ],
            [
                "इंजीनियरों को उम्मीद है कि क्रेनें मार्च तक फिर काम करने लगेंगी।",
                "क्या सरकार और मदद देगी?",
            ],
        ],
    ),
    "ar": (
        "إعادة فتح ميناء فيلمورا بعد الفيضان",
        [
            [
                "أعيد فتح ميناء فيلمورا يوم الثلاثاء بعد ثلاثة أسابيع من فيضان دمر رصيفه الشرقي.",
                "وهو لن يستقبل سوى قوارب الصيد حتى نهاية العام.",
            ],
            [
                "خصص مجلس المدينة أربعة ملايين كراون لإصلاح الرصيف والرافعتين المتضررتين.",
                "لكن أصحاب المتاجر يقولون إن المبلغ لا يغطي خسائرهم.",
                "هم فقدوا تجارة الصيف أيضا.",
            ],
            [
                "يتوقع المهندسون أن تعمل الرافعات من جديد في شهر مارس المقبل.",
                "هل ستقدم الحكومة مساعدة إضافية؟",
            ],
        ],
    ),
    "es": (
        "El puerto de Velmora reabre tras la riada",
        [
            [
                "El puerto de Velmora reabrió el martes, tres semanas después de una riada que destrozó su muelle.",
                "Este solo recibirá barcos de pesca hasta fin de año, explicó la Sra. Maren.",
            ],
            [
                "El ayuntamiento ha reservado 4,5 millones de coronas para reparar el muelle y las dos grúas dañadas.",
                "Sin embargo, los comerciantes dicen que el dinero no cubrirá sus pérdidas.",
                "Ellos perdieron también la temporada de verano.",
            ],
            [
                "Los ingenieros de Tarn esperan que las grúas vuelvan a funcionar en marzo.",
                "¿Ayudará el gobierno a los pescadores?",
            ],
        ],
    ),
    "fr": (
        "Le port de Velmora rouvre après la crue",
        [
            [
                "Le port de Velmora a rouvert mardi, trois semaines après la crue qui avait emporté son quai oriental.",
                "Il n'accueillera que des bateaux de pêche jusqu'à la fin de l'année, a précisé M. Maren.",
            ],
            [
                "La municipalité a réservé 4,5 millions de couronnes pour réparer le quai et deux grues endommagées.",
                "Mais les commerçants affirment que cette somme ne couvrira pas leurs pertes.",
                "Ils ont aussi perdu la saison d'été.",
            ],
            [
                "Les ingénieurs de Tarn espèrent remettre les grues en service au mois de mars.",
                "L'État aidera-t-il les pêcheurs ?",
            ],
        ],
    ),
    "de": (
        "Hafen von Velmora nach der Flut wieder offen",
        [
            [
                "Der Hafen von Velmora ist am 3. Mai wieder geöffnet, drei Wochen nach der Flut am östlichen Kai.",
                "Er nimmt bis Jahresende nur Fischerboote auf, sagte Dr. Maren von der Hafenbehörde.",
            ],
            [
                "Der Stadtrat hat 4,5 Millionen Kronen für die Reparatur des Kais und der beiden Kräne bereitgestellt.",
                "Aber die Händler am Kai sagen, dass das Geld ihre Verluste nicht decken wird.",
                "Sie haben auch das Sommergeschäft verloren.",
            ],
            [
                "Ingenieure aus Tarn rechnen damit, dass die Kräne im März wieder arbeiten.",
                "Wird die Regierung den Fischern helfen?",
            ],
        ],
    ),
    "ru": (
        "Порт Вельмора открылся после наводнения",
        [
            [
                "Порт Вельмора открылся во вторник, через три недели после наводнения, разрушившего восточный причал.",
                "Он будет принимать только рыбацкие лодки до конца года.",
            ],
            [
                "Городской совет выделил 4,5 млн крон на ремонт причала и двух повреждённых кранов.",
                "Однако торговцы говорят, что эти деньги не покроют убытков.",
                "Они потеряли и летнюю торговлю.",
            ],
            [
                "Инженеры из Тарна рассчитывают, что краны заработают в марте.",
                "Поможет ли правительство рыбакам?",
            ],
        ],
    ),
    "pt": (
        "Porto de Velmora reabre depois da cheia",
        [
            [
                "O porto de Velmora reabriu na terça, três semanas depois de uma cheia ter destruído o cais oriental.",
                "Ele receberá apenas barcos de pesca até ao fim do ano, explicou a Dra. Maren.",
            ],
            [
                "A câmara reservou 4,5 milhões de coroas para reparar o cais e os dois guindastes danificados.",
                "No entanto, os comerciantes dizem que o dinheiro não cobrirá as perdas.",
                "Eles perderam também a época de verão.",
            ],
            [
                "Os engenheiros de Tarn esperam que os guindastes voltem a funcionar em março.",
                "O governo ajudará os pescadores?",
            ],
        ],
    ),
    "zh": (
        "维尔莫拉港洪水后重新开放",
        [
            [
                "维尔莫拉港星期二重新开放，三周前的洪水冲毁了港口东面的码头。",
                "它在年底之前只接待渔船。",
            ],
            [
                "市议会拨出四百五十万克朗，用于修理码头和两台受损的起重机。",
                "但是码头附近的店主说，这笔钱不够弥补损失。",
                "他们还失去了整个夏天的生意。",
            ],
            [
                "塔恩的工程师预计起重机将在三月恢复工作。",
                "“我们已经等得太久了。”渔民奥多说。",
            ],
        ],
    ),
    "ja": (
        "洪水から三週間、ベルモラ港が再開",
        [
            [
                "ベルモラ港は火曜日、洪水で東側の桟橋が流されてから三週間ぶりに再開した。",
                "同港は年末まで漁船だけを受け入れる。",
            ],
            [
                "町議会は桟橋と二台のクレーンの修理に四百五十万クローネを用意した。",
                "しかし、岸壁の商店主は損失を補うには足りないと話している。",
                "彼らは夏の商売も失った。",
            ],
            [
                "ターンの技術者はクレーンが三月に動き出すと見込んでいる。",
                "「もう十分に待った。」と漁師のオドさんは話した。",
            ],
        ],
    ),
    "tr": (
        "Velmora limanı selden sonra yeniden açıldı",
        [
            [
                "Velmora limanı, doğu iskelesini yıkan selden üç hafta sonra salı günü yeniden açıldı.",
                "O yıl sonuna kadar yalnızca balıkçı teknelerini kabul edecek.",
            ],
            [
                "Belediye meclisi iskelenin ve hasar gören iki vincin onarımı için 4,5 milyon kron ayırdı.",
                "Ancak rıhtımdaki esnaf bu paranın zararlarını karşılamayacağını söylüyor.",
                "Onlar yaz satışlarını da kaybetti.",
            ],
            [
                "Tarn'dan gelen mühendisler vinçlerin mart ayında çalışmasını bekliyor.",
                "Hükümet balıkçılara yardım edecek mi?",
            ],
        ],
    ),
    "id": (
        "Pelabuhan Velmora dibuka lagi setelah banjir",
        [
            [
                "Pelabuhan Velmora dibuka kembali hari Selasa, tiga minggu setelah banjir merusak dermaga timurnya.",
                "Namun pelabuhan itu hanya menerima kapal nelayan sampai akhir tahun.",
            ],
            [
                "Dewan kota menyediakan 4,5 juta krona untuk memperbaiki dermaga dan dua derek yang rusak.",
                "Akan tetapi, para pedagang mengatakan bahwa uang itu tidak menutup kerugian.",
                "Mereka juga kehilangan dagangan musim panas.",
            ],
            [
                "Para insinyur dari Tarn memperkirakan derek bekerja lagi pada bulan Maret.",
                "Apakah pemerintah akan membantu nelayan?",
            ],
        ],
    ),
    "vi": (
        "Cảng Velmora mở cửa trở lại sau trận lũ",
        [
            [
                "Cảng Velmora mở cửa trở lại hôm thứ Ba, ba tuần sau trận lũ cuốn trôi cầu tàu phía đông.",
                "Tuy nhiên, cảng chỉ nhận tàu cá cho đến cuối năm.",
            ],
            [
                "Hội đồng thành phố dành 4,5 triệu cuaron để sửa cầu tàu và hai cần cẩu bị hư hỏng.",
                "Nhưng các chủ cửa hàng nói rằng số tiền không đủ bù thiệt hại.",
                "Họ cũng mất cả mùa buôn bán mùa hè.",
            ],
            [
                "Các kỹ sư từ Tarn dự kiến cần cẩu sẽ hoạt động lại vào tháng Ba.",
                "Chính phủ có giúp ngư dân không?",
            ],
        ],
    ),
}

LEANING = {language: [pages[0][1], pages[1][1], pages[1][2]] for language, (_, pages) in ARTICLES.items()}
"""The sentences of each article that open by referring back."""


def text_of(language: str) -> str:
    """One line a paragraph; a space between sentences where the language writes one."""
    space = "" if language in ("zh", "ja") else " "
    return "\n".join(space.join(paragraph) for paragraph in ARTICLES[language][1])


def sentences_of(language: str) -> list[str]:
    return [sentence for paragraph in ARTICLES[language][1] for sentence in paragraph]
