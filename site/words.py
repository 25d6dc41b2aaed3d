"""What the site says by itself, in each language: its pages and the theme take their words here."""

NAMES = {"ko": "한국어", "en": "English"}  # of the languages, each in its own

WORDS = {
    "ko": {
        "title": "최적화 기법은 어떻게 움직이는가",
        "home": "첫 쪽",
        "main": "차례",
        "contents": "이 쪽의 차례",
        "toggle_main": "차례 열고 닫기",
        "toggle_contents": "이 쪽의 차례 열고 닫기",
        "search": "찾을 말",
        "switch": "언어",
        "licences": "노트와 글과 그림은 {ccby}, 코드는 {mit}를 따른다.",
        "mit": "MIT 라이선스",
        "package": "패키지 udl (영어)",
        "api": "udl의 모든 함수와 클래스",
        "here": "여기서는 아래 손잡이만 움직인다. 나머지 손잡이와 그림을 눌러 출발점을 옮기는"
        " 기능은 <code>make lab</code>으로 여는 JupyterLab에 있다.",
        "lead": "한국어 노트 일곱 개로 SGD, Momentum, NAG, AdaGrad, RMSProp, Adam을 배운다."
        ' "3.7. 손실 함수의 다양한 최적화 기법"의 절마다 노트가 하나씩 있다. 그림의 점은 모두'
        " 계산해서 놓은 것이고, 함수의 코드는 수식 그대로다. 질문이 나오면 답을 먼저 적고"
        " 아래를 읽자.",
        "3.7.1": "왜 자꾸 엉뚱한 골짜기에서 멈출까?",
        "3.7.2": "데이터의 일부만 보고 걸어도 될까? 학습률은 얼마나 커도 될까?",
        "3.7.3": "SGD가 멈춘 골짜기를 Momentum은 어떻게 빠져나올까?",
        "3.7.4": "한 걸음 앞을 미리 재면 무엇이 달라질까?",
        "3.7.5": "원소마다 학습률을 따로 두면 무엇이 나아질까?",
        "3.7.6": "오래된 그래디언트를 잊으면 학습률은 되살아날까?",
        "3.7.7": "셋을 한데 모은 Adam은 언제 이기고 언제 질까?",
        "run": "직접 돌려 보려면 프로젝트를 내려받아 `make lab`을 실행한다. 노트 파일 하나만"
        " 필요하면 그 쪽 위의 내려받기 단추를 누른다.",
        "notebooks": "노트",
        "beside": "곁에 두고 보기",
        "gallery": "그림과 수식",
        "gallery_lead": "챕터의 그림과 수식을 모두 모았다. PNG는 화면과 블로그에, SVG와"
        " PDF는 인쇄와 논문에 알맞다. 이 쪽이 어두우면 그림도 어두운 판으로 보인다. 그림 5부터"
        " 8까지는 움직이는 GIF도 있다. 영어로 적힌 그림은 영어판의 이 쪽에 있다.",
        "dark": "어두운 SVG",
        "figures": "그림",
        "figure": "그림 {n}.",
        "equations": "수식",
        "equation": "수식 {n}",
    },
    "en": {
        "title": "How optimizers move",
        "home": "Front page",
        "main": "Contents",
        "contents": "On this page",
        "toggle_main": "Show or hide the contents",
        "toggle_contents": "Show or hide the contents of this page",
        "search": "Search",
        "switch": "Language",
        "licences": "The notebooks, texts and figures are under {ccby}, the code under the {mit}.",
        "mit": "MIT licence",
        "package": "The package udl",
        "api": "Every function and class of udl",
        "here": "Here only the knobs below can be turned. The other knobs, and moving the start by"
        " a press on the picture, are in JupyterLab, which <code>make lab EDITION=en</code> opens.",
        "lead": "Seven notebooks teach SGD, Momentum, NAG, AdaGrad, RMSProp and Adam, one for each"
        " section of a chapter on optimizers. Every dot in a figure is put there by a computation,"
        " and the code of a function is its equation. When you meet a question, write down your"
        " answer before you read on.",
        "3.7.1": "Why does a descent so often stop in the wrong valley?",
        "3.7.2": "Can we step after looking at only a part of the data? How large may the learning"
        " rate be?",
        "3.7.3": "SGD stops in a valley. How does Momentum get out of it?",
        "3.7.4": "What changes when we measure the slope one step ahead?",
        "3.7.5": "What is gained when every element has a learning rate of its own?",
        "3.7.6": "Does the learning rate recover when old gradients are forgotten?",
        "3.7.7": "Adam puts the three together. When does it win, and when does it lose?",
        "run": "To run the notebooks yourself, download the project and type `make lab EDITION=en`."
        " If you need a single notebook, press the download button at the top of its page.",
        "notebooks": "Notebooks",
        "beside": "Beside the notebooks",
        "gallery": "Figures and equations",
        "gallery_lead": "All figures and equations of the chapter. PNG suits screens and blogs, SVG"
        " and PDF suit print and papers. Where this page is dark, it shows the dark edition of a"
        " figure. Figures 5 to 8 also move, as GIFs. The figures in Korean are on this page of the"
        " Korean book.",
        "dark": "dark SVG",
        "figures": "Figures",
        "figure": "Figure {n}.",
        "equations": "Equations",
        "equation": "Equation {n}",
    },
}
