"""Small catalogues without fault, in languages that this publication does not have yet."""
# ruff: noqa: E501  # a line is a sentence

from __future__ import annotations

OTHERS: dict[str, list[tuple[str, str]]] = {
    "fr": [
        (
            "On 19 June 2024 the treaty was signed (in Pyongyang), and 13,000 containers followed.",
            "Le 19 juin 2024, le traité fut signé (à Pyongyang), et 13\u202f000 conteneurs suivirent.",
        ),
        (
            "What does it change? Little: 3.5 per cent of trade; yet *the promise* was made in 1961.",
            "Que change-t-il\u202f? Peu\u00a0: 3,5\u00a0% du commerce\u202f; pourtant *la promesse* date de 1961.",
        ),
        (
            "Article 51 of the Charter limits it, as everybody knows, from 2020–2022 onwards.",
            "L’article 51 de la Charte le limite, comme chacun sait, depuis la période 2020–2022.",
        ),
        (
            "The law of the “great powers” (so they say) was not written by small states alone.",
            "La loi des «\u00a0grandes puissances\u00a0» (disent-elles) n’a pas été écrite par les petits.",
        ),
        (
            "Nine events lie between 1961 and 2013, twenty-four months in all.",
            "Neuf événements se situent entre 1961 et 2013, vingt-quatre mois en tout.",
        ),
        (
            "The parties are unequal in every respect, and one of them would like to stay so.",
            "Les parties sont inégales à tous égards, et l’une d’elles souhaiterait le rester.",
        ),
        (
            "Why was *this* written in March 2025?",
            "Pourquoi *ceci* fut-il écrit en mars 2025\u202f?",
        ),
        (
            "It asks for nothing in return; that is the point of such an agreement.",
            "Il ne demande rien en retour\u202f; c’est là tout l’intérêt d’un tel accord.",
        ),
    ],
    "ar": [
        (
            "On 19 June 2024 the treaty was signed (in Pyongyang), and 13,000 containers followed.",
            "في 19 يونيو 2024 وُقعت المعاهدة (في بيونغ يانغ)، ثم تلتها 13,000 حاوية.",
        ),
        ("Is this lawful under Article 51?", "هل هذا قانوني بموجب المادة 51؟"),
        (
            "Between 1961 and 2013 *the promise* was kept, as everybody knows.",
            "بين عامي 1961 و2013 تم الوفاء *بالوعد*، كما يعلم الجميع.",
        ),
        (
            "The parties (both of them) are unequal, and one of them would like to stay so.",
            "الطرفان (كلاهما) غير متكافئين، ويود أحدهما أن يبقى كذلك.",
        ),
        (
            "It asks for nothing in return, and that is the point of such an agreement.",
            "لا يطلب شيئاً في المقابل، وهذا هو المغزى من مثل هذا الاتفاق.",
        ),
        ("In March 2025 *nothing* had changed.", "في مارس 2025 لم يكن *شيء* قد تغير."),
    ],
}
