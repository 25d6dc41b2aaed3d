"""The words of the slides, one table a language."""

WORDS = {
    "ko": {
        "title": "최적화 기법 강의",
        "deck": "슬라이드 {}장",
        "print": "인쇄용",
        "help": "→로 넘기고 ←로 되돌아간다. S를 누르면 발표자 메모가 새 창에 뜨고, "
        "O를 누르면 전체가 한눈에 보인다. PDF로 남기려면 인쇄용을 열어 브라우저에서 인쇄한다.",
        "question": "**먼저 생각해 보자.**",
    },
    "en": {
        "title": "A lecture on optimizers",
        "deck": "{} slides",
        "print": "for printing",
        "help": "→ goes on, ← goes back. S opens the speaker notes in a window of their own, "
        "O shows all slides at once. For a PDF, open the slides for printing and print them.",
        "question": "**Think first.**",
    },
}
