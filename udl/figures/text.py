"""Every word of the figures, one table a language: labels, captions, alternative texts."""

WORDS = {
    "ko": {
        "figure": "그림 {}",
        "equation": "식 {}",
        "loss": "손실",
        "parameter": "모델 파라미터",
        "local": "지역 최적점",
        "global": "전역 최적점",
        "local minima": "지역 최적점 {}개",
        "gradient": "그래디언트",
        "velocity": "속도",
        "growing": "속도의 증가",
        "rate": {"small": "학습률이 작은 경우", "large": "학습률이 큰 경우"},
        "too extreme": {"small": "학습률이 너무 작은 경우", "large": "학습률이 너무 큰 경우"},
        "sgd ends": "그래디언트를 따라 내려가다\n지역 최적점에서 멈춘다.",
        "momentum escapes": "지역 최적점에 닿았지만\n남은 속도로 언덕을 넘는다.",
        "momentum overshoots": "최적점 앞까지 와서도\n불어난 속도가 멈추지 않는다.",
        "nag looks ahead": [
            [("현재 위치", "present"), ("에서", "text")],
            [("αv만큼 미리 가 본 파라미터", "lookahead"), ("의", "text")],
            [("그래디언트", "gradient"), ("를 잰다.", "text")],
        ],
        9: {
            "headline": "미니 배치가 크면 덜 벗어나지만, 같은 손실까지 표본을 더 쓴다",
            "plotted": "숫자 손글씨를 배우는 신경망. 축은 모두 로그. "
            "b의 선은 시드 {}개의 중앙값, 띠는 그 범위",
            "spread": "전체 그래디언트에서 벗어난 폭",
            "size": "미니 배치의 크기",
            "relative": "폭 / 전체 그래디언트의 길이",
            "epochs": ("처음", "{}에폭 뒤", "{}에폭 뒤"),
            "slope": "기울기 −1/2",
            "as long": "전체 그래디언트와 같은 폭",
            "end": "표본 {:,}개를 다 쓰면 0",
            "cost": "손실을 낮추는 데 든 표본",
            "samples": "그래디언트를 잰 표본의 수",
            "loss": "전체 손실",
            "sizes": (
                "{:,}개씩\n학습률 {:g}",
                "{:,}개씩\n학습률 {:g}",
                "전체 {:,}개\n학습률 {:g}",
            ),
            "target": "손실 {:g}",
        },
        10: {
            "headline": "갱신 폭은 처음의 1/(1−α)배까지 자라고, 지도의 {:.0%}가 전역 "
            "최적점에서 끝난다",
            "plotted": "a는 그래디언트가 일정할 때의 갱신 폭, b는 조합마다 W = {:g}에서 {:,}걸음 "
            "뒤 끝난 곳",
            "growth": "경사가 일정할 때의 갱신 폭",
            "step": "첫 갱신 폭의 몇 배",
            "t": "시점 t",
            "ends": "Momentum이 끝나는 곳",
            "lr": "학습률 η",
            "alpha": "모멘텀 계수 α",
            "mark": "그림 6",
            "areas": {
                "first": "첫 지역 최적점 (2.377)",
                "second": "둘째 지역 최적점 (4.256)",
                "global": "전역 최적점 (7.177)",
                "outside": "그림 왼쪽 밖의 최적점 (−0.310)",
                "not settled": "멈추지 않고 흔들린다",
                "sensitive": "출발점 10억분의 1 차이로 갈린다",
                "diverged": "발산",
            },
        },
        11: {
            "headline": "전역 최적점에서 끝나는 조합은 Momentum이 {:.1%}, NAG가 {:.1%}다",
            "plotted": "a와 b는 조합마다 W = {:g}에서 {:,}걸음 뒤 끝난 곳, c는 같은 조합끼리 견준 "
            "것의 비율",
            "momentum": "Momentum",
            "nag": "NAG",
            "duel": "같은 조합끼리 견주면",
            "outcomes": {
                "nag sooner": "같은 최적점에 NAG가 먼저 멈춘다",
                "momentum sooner": "같은 최적점에 Momentum이 먼저 멈춘다",
                "same": "같은 최적점에 같은 걸음에 멈춘다",
                "apart": "다른 최적점에 멈춘다",
                "nag alone": "NAG만 정해진 곳에 멈춘다",
                "momentum alone": "Momentum만 정해진 곳에 멈춘다",
                "neither": "둘 다 정해진 곳에 멈추지 않는다",
            },
        },
        12: {
            "headline": "AdaGrad의 학습률은 원소마다 달라, x는 {:.2f}, y는 {:.2f}에서 평평해진다",
            "plotted": "골짜기 $x^2/20 + y^2$. a와 c의 η는 SGD가 {:g}, AdaGrad가 {:g}. "
            "d는 손실이 {:g} 아래에 머물 때까지",
            "paths": "(−7, 2)에서 {}걸음",
            "squares": "h를 넓이로 그리면",
            "side": r"한 변 $\sqrt{h}$",
            "step": "{}걸음",
            "rates": "원소마다의 학습률",
            "t": "시점 t",
            "rate": r"학습률 $\eta/\sqrt{h}$",
            "both": "SGD, x와 y 모두",
            "sweep": "η를 바꾸어 보면",
            "lr": "학습률 η",
            "until": "걸음 수",
            "rules": {"sgd": "SGD: 1 미만에서만", "adagrad": "AdaGrad: 큰 η에서도"},
        },
        13: {
            "headline": "AdaGrad의 학습률은 그래디언트가 이어질 때만 0으로 가고, 그때도 거리는 "
            "는다",
            "plotted": "축은 모두 로그. c와 d의 색은 η, 실선은 x, 파선은 y",
            "constant": {
                "rate": r"일정한 그래디언트: 학습률 $\propto 1/\sqrt{t}$",
                "distance": r"일정한 그래디언트: 거리 $\propto \sqrt{t}$",
            },
            "ravine": {
                "rate": "골짜기 $x^2/20 + y^2$: 학습률",
                "distance": "골짜기 $x^2/20 + y^2$: 거리",
            },
            "t": "시점 t",
            "axis": {"rate": r"학습률 $\eta/\sqrt{h}$", "distance": "움직인 거리"},
            "gradient": "그래디언트 {:g}",
            "every gradient": "어느 것이나\n같다",
            "way": {"x": "x: {:.0f}까지", "y": "y: {:.0f}까지"},
        },
        14: {
            "headline": "α가 작을수록 평균은 덜 흔들리고, 바뀐 값을 늦게 따라간다",
            "plotted": "a는 k걸음 전의 값이 갖는 비중(세로축 로그), "
            "b는 참값이 {:g}에서 {:g}로 바뀔 때의 평균",
            "weights": "EMA가 과거에 주는 비중",
            "ago": "몇 걸음 전의 값인가 k",
            "weight": r"비중 $\alpha(1-\alpha)^k$",
            "half": "k = {:.2g}에서 절반",
            "smoothed": "잡음이 섞인 값의 평균",
            "band": "띠: 잡음 {}벌 가운데 90%",
            "value": "값",
            "truth": "참값",
            "noisy": "점: 참값에 잡음을 얹은 값",
            "average": "평균",
            "t": "시점 t",
        },
        15: {
            "headline": "RMSProp의 학습률은 되살아나지만, γ가 클수록 늦고 첫 갱신 폭이 크다",
            "plotted": "a, b: 가파른 비탈을 {}걸음 지난 뒤, b는 시점 {:,}. "
            "c, d: 처음 걸음. d의 세로축 말고는 모두 로그",
            "revived": "그래디언트가 줄면 RMSProp만 살아난다",
            "gradient": "그래디언트 {:g}",
            "t": "시점 t",
            "rate": r"학습률 $\eta/\sqrt{h}$",
            "shrunk": "많이 줄수록 큰 γ는 더 뒤처진다",
            "factor": "그래디언트가 몇 분의 1로 줄었나",
            "step": "갱신 폭 ÷ η",
            "first": "처음 갱신 폭은 너무 크다",
            "ratio": "보정한 것의 몇 배",
            "times": "γ = {:g}: {:.1f}배로 시작",
            "corrected": "편향을 보정한 RMSProp = 1",
            "rose": "그래서 첫 걸음에 손실이 오른다",
            "lr": "학습률 η",
            "share": "출발점의 비율, %",
            "fixed": "보정하면",
        },
        16: {
            "headline": "편향을 보정하지 않으면 Adam의 초반 갱신 폭은 {:.2f}배까지 커진다",
            "plotted": "선은 흔들리는 그래디언트로 {:,}번 돌린 평균, 띠는 그 가운데 80%. "
            "가로축은 로그",
            "title": {"m": "1차 모멘트", "v": "2차 모멘트"},
            "factors": "보정이 모멘트에 곱하는 수",
            "longer": "보정하지 않은 갱신 폭",
            "count": "시점 t",
            "ratio": "보정한 갱신 폭의 몇 배",
            "mean": "제값 {:g}",
            "with": {
                "m": r"보정한 $\widehat{m}_t$",
                "v": r"보정한 $\widehat{v}_t$",
                "step": "보정한 것 = 1",
            },
            "without": {"m": "보정 없는 $m_t$", "v": "보정 없는 $v_t$", "step": "보정 없는 것"},
            "factor": {
                "beta1": r"$m$에 $1/(1-\beta_1^{\,t})$",
                "beta2": r"$v$에 $1/(1-\beta_2^{\,t})$",
            },
            "first": "첫 걸음 {:.2f}배",
            "most": "{}걸음째 {:.2f}배",
        },
        17: {
            "headline": "같은 출발점에서 떠나도 지형에 따라 먼저 닿는 규칙이 다르다",
            "plotted": "저마다 평균이 가장 빠른 학습률로. 굵은 선은 먼저 닿은 규칙과 Adam. "
            "닿음: 전역 최적점에서 {:g} 안에 머문다",
            "chapter": "그림 1의 곡선",
            "ravine": "골짜기 $x^2/20 + y^2$",
            "Beale": "Beale 함수",
            "step": "시점 t",
            "w": "파라미터 W",
            "arrival": "닿은 시점 (×: 못 닿음)",
        },
        18: {
            "headline": "가장 좋은 학습률은 규칙에 따라 {:.0f}배까지 다르다",
            "plotted": "숫자 손글씨. a는 시드 다섯의 중앙값, b와 c는 다른 시드 다섯의 성적과 그 "
            "중앙값"
            "(굵은 막대)",
            "sensitivity": "학습률에 따른 마지막 손실",
            "lr": "학습률 η",
            "final": "마지막 손실",
            "guess": "찍기",
            "loss": "마지막 손실",
            "nats": "학습한 1,500개",
            "accuracy": "정확도",
            "share": "새 297개, %",
            "rate": "학습률 {:g}",
        },
        19: {
            "headline": "크게 시작해 줄이면 거의 다 한 골짜기에 모인다. 늘 전역 최적점은 아니다",
            "plotted": "출발점 {}곳 가운데 그 최적점에서 끝난 비율. "
            "실선은 0까지 줄이는 학습률, 파선은 일정한 학습률",
            "chapter": "그림 1의 곡선, {:,}걸음",
            "rugged": "그림 3의 곡선, {:,}걸음",
            "lr": "첫 학습률",
            "share": "출발점의 비율, %",
            "constant": "일정하게 →\n전역 최적점",
            "falls": "0까지 → 전역 최적점",
            "elsewhere": "0까지 → {}의\n지역 최적점",
            "neither": "둘 다 → 전역 최적점",
        },
        20: {
            "headline": "골짜기가 길수록 Momentum이 앞선다: 조건수 {:,}에서 SGD는 {:,}걸음, "
            "Momentum은 {:,}걸음",
            "plotted": "저마다 가장 빠른 설정으로 손실이 {:g} 아래로 갈 때까지. b의 축은 모두 로그",
            "paths": "골짜기 $x^2/20 + y^2$에서",
            "path": "{}: {}걸음",
            "law": "골짜기가 길어질수록 드는 걸음",
            "kappa": "조건수 κ",
            "steps": "걸음 수",
            "rules": {"sgd": "SGD", "momentum": "Momentum", "usual": "Momentum, α = {:g}"},
        },
        "nag": {
            "headline": "W + αv는 W보다 먼저 최적점을 지나치고 먼저 돌아선다",
            "plotted": "그림 8의 비탈을 내려가는 NAG의 두 파라미터와 그 손실, 걸음마다",
            "paths": "같은 내리막, 두 파라미터",
            "losses": "같은 시점에 잰 손실",
            "w": "W: 식의 파라미터",
            "ahead": "W + αv: 라이브러리의 파라미터",
            "step": "시점 t",
        },
    },
    "en": {
        "figure": "Figure {}",
        "equation": "Equation {}",
        "loss": "Loss",
        "parameter": "Model parameter",
        "local": "Local minimum",
        "global": "Global minimum",
        "local minima": "{} local minima",
        "gradient": "Gradient",
        "velocity": "Velocity",
        "growing": "Velocity grows",
        "rate": {"small": "Small learning rate", "large": "Large learning rate"},
        "too extreme": {"small": "Learning rate too small", "large": "Learning rate too large"},
        "sgd ends": "It follows the gradient down\nand stops in a local minimum.",
        "momentum escapes": "At the minimum it still has\nvelocity, and leaves.",
        "momentum overshoots": "Close to the minimum its\nvelocity carries it past.",
        "nag looks ahead": [
            [("From the ", "text"), ("present position", "present"), (",", "text")],
            [("take the ", "text"), ("gradient", "gradient"), (" at the", "text")],
            [("look-ahead parameter", "lookahead"), (".", "text")],
        ],
        9: {
            "headline": "Larger mini-batches are less far off, "
            "but need more images for the same loss",
            "plotted": "A network learning digits; axes are logarithmic. "
            "b: median of {} seeds, and their range",
            "spread": "How far a mini-batch is off",
            "size": "Size of the mini-batch",
            "relative": "Distance / full gradient's length",
            "epochs": ("at the start", "{} epochs", "{} epochs"),
            "slope": "slope −1/2",
            "as long": "distance = length",
            "end": "with all {:,}: 0",
            "cost": "What it costs to lower the loss",
            "samples": "Images whose gradient was measured",
            "loss": "Loss over all images",
            "sizes": (
                "{:,} a step\nrate {:g}",
                "{:,} a step\nrate {:g}",
                "all {:,}\nrate {:g}",
            ),
            "target": "loss {:g}",
        },
        10: {
            "headline": "Steps grow to 1/(1−α) times the first; {:.0%} of the map ends in the "
            "global minimum",
            "plotted": "a: how long steps get under a constant gradient; b: where {1:,} steps from "
            "W = {0:g} end",
            "growth": "Steps down a constant slope",
            "step": "Times the first step",
            "t": "Step t",
            "ends": "Where Momentum ends",
            "lr": "Learning rate η",
            "alpha": "Momentum coefficient α",
            "mark": "Figure 6",
            "areas": {
                "first": "First local minimum (2.377)",
                "second": "Second local minimum (4.256)",
                "global": "Global minimum (7.177)",
                "outside": "Minimum left of figure (−0.310)",
                "not settled": "Swings and never settles",
                "sensitive": "A billionth at the start decides",
                "diverged": "Diverges",
            },
        },
        11: {
            "headline": "Momentum ends in the global minimum for {:.1%} of the pairs, NAG for "
            "{:.1%}",
            "plotted": "a, b: where {1:,} steps from W = {0:g} end, for each pair; c: shares of "
            "all pairs",
            "momentum": "Momentum",
            "nag": "NAG",
            "duel": "Compared at the same pair",
            "outcomes": {
                "nag sooner": "Same minimum, NAG first",
                "momentum sooner": "Same minimum, Momentum first",
                "same": "Same minimum, same step",
                "apart": "They settle in different minima",
                "nag alone": "Only NAG has a definite end",
                "momentum alone": "Only Momentum has one",
                "neither": "Neither has a definite end",
            },
        },
        12: {
            "headline": "Each element has a rate of its own, which levels off: x at {:.2f}, y at "
            "{:.2f}",
            "plotted": "Ravine $x^2/20 + y^2$. a, c: η is {:g} for SGD, {:g} for AdaGrad. "
            "d: until the loss stays below {:g}",
            "paths": "{} steps from (−7, 2)",
            "squares": "h drawn as an area",
            "side": r"Side $\sqrt{h}$",
            "step": "Step {}",
            "rates": "The rate of each element",
            "t": "Step t",
            "rate": r"Rate $\eta/\sqrt{h}$",
            "both": "SGD, x and y alike",
            "sweep": "At other rates η",
            "lr": "Learning rate η",
            "until": "Steps",
            "rules": {"sgd": "SGD: below 1 only", "adagrad": "AdaGrad: large η too"},
        },
        13: {
            "headline": "AdaGrad's rate goes to 0 only while gradients keep coming, and the "
            "distance still grows",
            "plotted": "All axes are logarithmic. c, d: colours are η, solid is x, dashed y",
            "constant": {
                "rate": r"Constant gradient: rate $\propto 1/\sqrt{t}$",
                "distance": r"Constant gradient: distance $\propto \sqrt{t}$",
            },
            "ravine": {
                "rate": "Ravine $x^2/20 + y^2$: rate",
                "distance": "Ravine $x^2/20 + y^2$: distance",
            },
            "t": "Step t",
            "axis": {"rate": r"Rate $\eta/\sqrt{h}$", "distance": "Distance travelled"},
            "gradient": "gradient {:g}",
            "every gradient": "every\ngradient",
            "way": {"x": "x: up to {:.0f}", "y": "y: up to {:.0f}"},
        },
        14: {
            "headline": "The smaller α, the steadier the average and the later it follows a change",
            "plotted": "a: weight of the value k steps ago, on a logarithmic axis. "
            "b: averages as the truth goes from {:g} to {:g}",
            "weights": "The weights an EMA gives",
            "ago": "How many steps ago k",
            "weight": r"Weight $\alpha(1-\alpha)^k$",
            "half": "half at k = {:.2g}",
            "smoothed": "Averages of a noisy sequence",
            "band": "band: 90% of {} sequences",
            "value": "Value",
            "truth": "truth",
            "noisy": "dots: truth plus noise",
            "average": "average",
            "t": "Step t",
        },
        15: {
            "headline": "RMSProp's rate revives, but the larger γ, the later, and the longer the "
            "first step",
            "plotted": "a, b: after {} steps down a steep slope, b at step {:,}. c, d: early "
            "steps. "
            "All logarithmic but the shares of d",
            "revived": "The gradient shrinks: RMSProp revives",
            "gradient": "gradient {:g}",
            "t": "Step t",
            "rate": r"Rate $\eta/\sqrt{h}$",
            "shrunk": "The more it shrinks, the later a large γ",
            "factor": "How many times the gradient shrank",
            "step": "Step ÷ η",
            "first": "The first steps are too long",
            "ratio": "Times the corrected",
            "times": "γ = {:g}: {:.1f} times at first",
            "corrected": "RMSProp, bias corrected = 1",
            "rose": "And so the first step raises the loss",
            "lr": "Learning rate η",
            "share": "Share of starts, %",
            "fixed": "corrected",
        },
        16: {
            "headline": "Without its correction Adam's early steps are up to {:.2f} times as long",
            "plotted": "Lines: means of {:,} runs under a noisy gradient; bands: the middle 80%. "
            "Logarithmic t",
            "title": {"m": "First moment", "v": "Second moment"},
            "factors": "What the correction multiplies by",
            "longer": "Length of the uncorrected step",
            "count": "Step t",
            "ratio": "Times the corrected step",
            "mean": "true {:g}",
            "with": {
                "m": r"corrected $\widehat{m}_t$",
                "v": r"corrected $\widehat{v}_t$",
                "step": "corrected = 1",
            },
            "without": {"m": "uncorrected $m_t$", "v": "uncorrected $v_t$", "step": "uncorrected"},
            "factor": {
                "beta1": r"$m$ by $1/(1-\beta_1^{\,t})$",
                "beta2": r"$v$ by $1/(1-\beta_2^{\,t})$",
            },
            "first": "step 1: {:.2f}",
            "most": "step {}: {:.2f}",
        },
        17: {
            "headline": "From the same start, another rule arrives first on each landscape",
            "plotted": "Each at the rate fastest on average. Bold: the first to arrive, and Adam. "
            "Arrival: it stays within {:g}",
            "chapter": "Curve of figure 1",
            "ravine": "Ravine $x^2/20 + y^2$",
            "Beale": "Beale's function",
            "step": "Step t",
            "w": "Parameter W",
            "arrival": "Step of arrival (×: never)",
        },
        18: {
            "headline": "The best learning rates of the rules are up to {:.0f} times apart",
            "plotted": "Digits. a: the median of five seeds. b, c: five other seeds and their "
            "median"
            " (the bar)",
            "sensitivity": "Final loss at each learning rate",
            "lr": "Learning rate η",
            "final": "Final loss",
            "guess": "guess",
            "loss": "Final loss",
            "nats": "1,500 learned",
            "accuracy": "Accuracy",
            "share": "297 new, %",
            "rate": "rate {:g}",
        },
        19: {
            "headline": "Rates that start large and fall take nearly all to one valley, "
            "not always the lowest",
            "plotted": "Share of {} starts that end in that minimum. "
            "Solid: the rate falls to 0; dashed: it stays constant",
            "chapter": "The curve of figure 1, {:,} steps",
            "rugged": "The curve of figure 3, {:,} steps",
            "lr": "First learning rate",
            "share": "Share of starts, %",
            "constant": "constant →\nglobal minimum",
            "falls": "to 0 → global minimum",
            "elsewhere": "to 0 → local\nminimum at {}",
            "neither": "both → global minimum",
        },
        20: {
            "headline": "Longer ravines favour Momentum: at κ = {:,} SGD takes {:,} steps, "
            "Momentum {:,}",
            "plotted": "Each at its fastest setting, until the loss is below {:g}. "
            "The axes of b are logarithmic",
            "paths": "In the ravine $x^2/20 + y^2$",
            "path": "{}: {} steps",
            "law": "Steps as the ravine grows longer",
            "kappa": "Condition number κ",
            "steps": "Steps",
            "rules": {"sgd": "SGD", "momentum": "Momentum", "usual": "Momentum, α = {:g}"},
        },
        "nag": {
            "headline": "W + αv passes the minimum before W does, and turns before it",
            "plotted": "NAG's two parameters down the slope of figure 8 and their loss, by step",
            "paths": "One descent, two parameters",
            "losses": "The loss at the same step",
            "w": "W: the equation's parameter",
            "ahead": "W + αv: the libraries' parameter",
            "step": "Step t",
        },
    },
}

CAPTIONS = {
    "ko": {
        1: "지역 최적점은 제 골짜기에서만, 전역 최적점은 어디보다도 낮다",
        2: "안개 속의 내리막: 지나온 곳과 바로 앞만 보인다",
        3: "지역 최적점이 많은 손실 함수: 전역 최적점은 그 가운데 하나다",
        4: "SGD: 그래디언트가 같아도 학습률이 갱신 폭을 정한다",
        5: "SGD: 학습률이 너무 작으면 지역 최적점에 갇히고, 너무 크면 튀어 나간다",
        6: "Momentum: 남은 속도로 지역 최적점을 벗어난다",
        7: "Momentum: 커진 속도가 최적점을 지나친다",
        8: "NAG: 미리 가 본 자리의 그래디언트로 속도를 고친다",
        9: "미니 배치: 크기의 제곱근에 반비례해 흩어지고, 적은 표본으로 손실을 낮춘다",
        10: "Momentum: 갱신 폭이 1/(1−α)배까지 자라고, 그 힘이 닿는 곳이 끝을 정한다",
        11: "NAG: 먼저 멈추고, 그래서 덜 벗어난다",
        12: "AdaGrad: 원소마다 h가 달리 쌓여 학습률도 달라진다",
        13: "AdaGrad의 학습률은 그래디언트가 이어지는 동안에만 0으로 간다",
        14: "지수이동평균: 오래된 값일수록 비중이 작고, 매끄러울수록 늦게 따라간다",
        15: "RMSProp: 그래디언트가 줄면 학습률이 되살아난다. 처음 갱신 폭은 너무 크다",
        16: "편향 보정: 두 모멘트는 처음부터 제값이 되고, 초반의 갱신 폭은 줄어든다",
        17: "여섯 규칙을 같은 출발점에서: 지형마다 먼저 닿는 규칙이 다르다",
        18: "여섯 규칙의 숫자 손글씨 학습: 가장 좋은 학습률도 그때의 성적도 다르다",
        19: "일정한 학습률과 0까지 줄이는 학습률: 어느 골짜기에서 끝나나",
        20: "골짜기의 Momentum: SGD의 걸음 수는 조건수에, Momentum의 걸음 수는 그 제곱근에 "
        "비례한다",
        "nag": "NAG를 W로 적을 때와 W + αv로 적을 때: 내리막은 하나, 길은 둘",
    },
    "en": {
        1: "A local minimum is lowest in its own valley, the global one of all",
        2: "Downhill in fog: only the way behind and a little ahead can be seen",
        3: "A loss function with many local minima: the global one is one valley among them",
        4: "SGD: at the same gradient the learning rate sets the length of a step",
        5: "SGD: too small a learning rate leaves it in a local minimum, too large a one throws it "
        "out",
        6: "Momentum: the velocity that is left carries it out of a local minimum",
        7: "Momentum: the velocity it has gained carries it past the minimum",
        8: "NAG: the gradient at the look-ahead parameter corrects the velocity",
        9: "Mini-batches scatter as one over the square root of their size, and lower the loss "
        "with few samples",
        10: "Momentum: steps grow to 1/(1−α) times the first, and how far that carries decides the "
        "end",
        11: "NAG: it settles sooner, and so gets out less often",
        12: "AdaGrad: each element gathers an h of its own, and so has a rate of its own",
        13: "AdaGrad's rate goes to 0 only while gradients keep coming",
        14: "The moving average: old values count less, and the smoother, the later it follows",
        15: "RMSProp: the rate revives when the gradient shrinks, but the first steps are too long",
        16: "Bias correction: both moments are right from the start, and early steps are shorter",
        17: "Six rules from the same start: on each landscape another one arrives first",
        18: "Six rules learn the digits: their best rates differ, and so do their results at those "
        "rates",
        19: "A constant rate and one that falls to 0: in which valley they end",
        20: "Momentum in a ravine: SGD's steps are proportional to the condition number, "
        "Momentum's to its square root",
        "nag": "NAG written with W and with W + αv: one descent, two paths",
    },
}

ALT_TEXTS = {
    "ko": {
        1: "가로축 모델 파라미터, 세로축 손실인 곡선. W = {at[0]:.2f}, {at[1]:.2f}, {at[2]:.2f}에 "
        "골짜기가 있고, 앞의 둘은 손실이 {loss[0]:.2f}, {loss[1]:.2f}인 지역 최적점, 손실이 "
        "{loss[2]:.2f}인 셋째는 전역 최적점이라고 화살표로 가리킨다.",
        2: "같은 곡선을 안개로 가린 판 셋. Momentum(학습률 {lr:g}, α = {alpha:g})의 초록 점이 "
        "절벽 앞, 절벽 중간, 둘째 지역 최적점 너머로 옮겨 가며 지나온 곳과 바로 앞만 걷힌다. "
        "점마다 접선이 점선으로 그려져 있다.",
        3: "오르내림이 잦은 손실 곡선. 골짜기가 {count}개 있고 그 가운데 W = {at:.2f}의 것이 가장 "
        "낮다.",
        4: "학습률만 다른 두 판. 같은 출발점과 같은 접선에서 한 번 갱신한다. 학습률이 "
        "{small:g}이면 W가 {near:.2f}만큼, {large:g}이면 골짜기 너머로 {far:.2f}만큼 옮겨 간다.",
        5: "학습률이 {small:g}인 왼쪽 판에서는 갱신 폭이 줄며 첫 지역 최적점 W = {end:.2f}에서 "
        "멈춘다. 학습률이 {large:g}인 오른쪽 판에서는 {jumps}번째 걸음에 W = {out:.1f}로 "
        "나가기까지 왼쪽 절벽과 오른쪽 벽 사이를 여러 번 뛰며 멈추지 않는다.",
        6: "같은 출발점 W = {start:g}와 학습률 {lr:g}의 두 판. SGD는 첫 지역 최적점 "
        "{stays:.2f}에서 멈춘다. Momentum(α = {alpha:g})은 갱신 폭이 커지며 그 최적점을 지나 "
        "언덕을 "
        "넘는다.",
        7: "긴 비탈을 내려오는 Momentum(학습률 {lr:g}, α = {alpha:g}). 갱신 폭이 점점 커지고, "
        "최적점 "
        "W = {at:.2f} 가까이에서 건너편 언덕의 {far:.2f}까지 뛰어오른다.",
        8: "긴 비탈을 내려온 NAG(학습률 {lr:g}, α = {alpha:g}). 지난 위치는 회색, 현재 위치(W = "
        "{now:.2f})는 초록, 미리 가 본 파라미터({ahead:.2f})는 파랑이며 거기에 오르막 접선이 "
        "점선으로 그려져 있다.",
        9: "판 둘, 축은 모두 로그. 판 a: 미니 배치 그래디언트가 전체에서 벗어난 폭이 크기를 따라 "
        "기울기 −1/2로 줄고, 한 개짜리의 폭은 전체 그래디언트 길이의 {ones[0]:.1f}배에서 학습한 "
        "뒤 {ones[1]:.1f}배, {ones[2]:.1f}배로 커진다. 판 b: 손실을 "
        "{target:g}까지 낮추는 데 {sizes[0]}개씩은 표본 {costs[0]:,.0f}개, {sizes[1]}개씩은 "
        "{costs[1]:,.0f}개, 전체 {sizes[2]:,}개는 {costs[2]:,.0f}개가 든다.",
        10: "판 a: 경사가 일정할 때 α마다 갱신 폭이 처음의 1/(1−α)배까지 자라는 선. 판 b: "
        "학습률과 α의 조합마다 Momentum이 끝나는 곳을 칠한 지도. 둘 다 작으면 첫 지역 최적점, 그 "
        "위 쐐기에서 전역 최적점이고, 학습률이 크면 흔들리다 끝내 발산한다. 지도의 {first:.0%}가 "
        "첫 지역 최적점, {global:.0%}가 전역 최적점이다. 그림 6의 조합(학습률 {lr:g}, α = "
        "{alpha:g}, 갱신 폭은 {times:.0f}배까지)은 쐐기 안에 있다.",
        11: "학습률과 α의 조합마다 끝나는 곳을 칠한 지도 둘과 막대 일곱. 전역 최적점에 닿는 "
        "쐐기가 Momentum의 지도 a에서는 {momentum_global:.1%}, NAG의 지도 b에서는 "
        "{nag_global:.1%}다. 막대 c는 같은 조합끼리 견준 비율이다. 같은 최적점에 NAG가 먼저 "
        "멈추는 것이 {nag_sooner:.1%}, Momentum이 먼저인 것이 {momentum_sooner:.1%}, 다른 "
        "최적점에 멈추는 것이 {apart:.1%}, 둘 다 정해진 곳에 멈추지 않는 것이 {neither:.1%}다.",
        12: "판 넷. a: 등고선 위에서 SGD는 먼저 y로 떨어진 뒤 x로 더디게 가서 {steps}걸음 뒤 x = "
        "{plain[0]:.1f}에 있고 AdaGrad는 비스듬히 더 멀리 {own[0]:.1f}까지 간다. b: 걸음마다 "
        "커지는 "
        "정사각형은 {last}걸음 뒤 x의 h가 {h[0]:.1f}, y의 h가 {h[1]:.1f}이다. c: 학습률은 x가 "
        "{first[0]:.2f}에서 {end[0]:.2f}로, y가 {first[1]:.2f}에서 {end[1]:.2f}로 줄다가 눕고 "
        "SGD는 {lr:g} 그대로다. d: η를 바꾸면 SGD는 {bound:g} 아래에서만, AdaGrad는 큰 η에서도 "
        "닿는다.",
        13: "두 축이 모두 로그인 판 넷. 그래디언트가 일정하면 학습률(a)은 기울기 −1/2로 곧게 "
        "내려가고 거리(b)는 기울기 1/2로 올라간다. 골짜기(c, d)에서는 η가 셋이다. η = {lr:g}이면 "
        "{steps:,}걸음 뒤 x의 학습률이 {first[0]:.2f}에서 {end[0]:.2f}, y는 {first[1]:.2f}에서 "
        "{end[1]:.3f}에 누워 있고, 거리도 {way[0]:.0f}과 {way[1]:.0f}에 눕는다. 다른 η에서도 "
        "눕는다.",
        14: "판 a: 로그 축에서 곧은 세 줄. α = {alpha[0]:g}, {alpha[1]:g}, {alpha[2]:g}이면 옛 "
        "값의 비중이 {half[0]:.2g}, {half[1]:.2g}, {half[2]:.2g}걸음마다 절반이 된다. 판 b: "
        "같은 잡음을 평균한 셋. α = {alpha[0]:g}는 출렁이고, {alpha[2]:g}은 매끄럽지만 0에서 "
        "더디게 올라와 늦게 내려간다.",
        15: "판 넷. a: 그래디언트가 {steep:g}에서 {gentle:g}로 줄면 AdaGrad의 학습률은 "
        "{low[0]:.2g}에 그대로 눕고 γ = {gamma[0]:g}인 RMSProp은 {low[1]:.2g}에서 "
        "{high[1]:.2g}까지 올라간다. b: 많이 줄수록 γ가 큰 쪽의 갱신 폭이 작다. c: RMSProp의 첫 "
        "갱신 폭은 "
        "γ = {gamma[0]:g}, {gamma[1]:g}, {gamma[2]:g}일 때 보정한 것의 {times[0]:.0f}배, "
        "{times[1]:.0f}배, {times[2]:.0f}배다. d: 첫 걸음에 손실이 오르는 출발점이 절반을 넘는 η는 "
        "차례로 {half[0]:.2g}, {half[1]:.2g}, {half[2]:.2g}이다.",
        16: "판 넷. 보정하지 않은 1차, 2차 모멘트(a, b)는 0 가까이에서 출발해 늦게 제값에 닿고, "
        "보정한 것은 처음부터 제값 둘레에 있다. 보정이 곱하는 수(c)는 {factors[0]:,.0f}과 "
        "{factors[1]:,.0f}에서 1로 내려온다. 보정하지 않은 갱신 폭(d)은 처음에 보정한 것의 "
        "{first:.2f}배, {at}걸음째에 가장 커서 {most:.2f}배고, 그 뒤 1배로 돌아온다.",
        17: "길을 그린 판 셋과 그 아래에 닿은 시점. a: 그림 1의 곡선에서는 Momentum, NAG, "
        "AdaGrad가 전역 최적점에 닿고 "
        "Adam은 둘째 지역 최적점에서 멈춘다. b: 골짜기에서는 AdaGrad가 가장 빠르고 Adam은 크게 "
        "돌아서 온다. c: Beale 함수에서는 Adam이 가장 먼저 닿는다. 먼저 닿은 차례로 시점은 "
        "곡선에서 "
        "{chapter}, 골짜기에서 {ravine}, Beale 함수에서 {Beale}이다. –는 닿지 못한 것이다.",
        18: "판 셋. a: 학습률 아홉 가지에서 잰 마지막 손실의 중앙값이다. 규칙마다 골이 하나씩 "
        "있고 그 오른쪽은 벽처럼 선다. RMSProp과 Adam의 골은 다른 규칙보다 왼쪽에 있다. b와 c: "
        "저마다 가장 좋은 학습률로 다른 시드 다섯을 돌린 손실과 정확도다. 손실의 "
        "중앙값과 정확도는 SGD {sgd[0]}과 {sgd[1]}%, Momentum {momentum[0]}과 {momentum[1]}%, NAG "
        "{nag[0]}과 {nag[1]}%, AdaGrad {adagrad[0]}과 {adagrad[1]}%, RMSProp {rmsprop[0]}과 "
        "{rmsprop[1]}%, Adam {adam[0]}과 {adam[1]}%다.",
        19: "판 둘. 가로축은 로그인 첫 학습률, 세로축은 출발점의 비율이다. a: 그림 1의 곡선에서 "
        "일정한 학습률은 전역 최적점에 {most:.0f}퍼센트까지만 보내고 {none:.2f}부터는 하나도 "
        "보내지 못한다. 0까지 줄이는 학습률은 {large:.2f}부터 {least:.0f}퍼센트 이상을 보낸다. "
        "b: 그림 3의 곡선에서는 학습률을 줄여도 전역 최적점에는 {few:.0f}퍼센트까지만 가고, "
        "첫 학습률이 {all:.2f}부터는 모두 {at:.3f}에 모인다.",
        20: "판 a: 길쭉한 골짜기의 등고선 위 두 길이다. SGD는 가파른 쪽으로 오가며 톱니처럼 "
        "{sgd}걸음을 가고, Momentum은 갱신 폭이 커서 톱니 몇 번 만에 {momentum}걸음으로 바닥에 "
        "닿는다. 판 b: 두 축이 로그다. 조건수를 따라 SGD의 걸음 수는 기울기 1로, "
        "Momentum의 걸음 수는 기울기 1/2로 는다. 조건수 {kappa:,}에서 SGD는 {slow:,}걸음, "
        "Momentum은 "
        "{fast}걸음이고, α를 {alpha:g}로 두면 {usual}걸음이다.",
        "nag": "판 a: 걸음마다 두 파라미터가 있는 자리. 같은 곳에서 출발해 같은 최적점 W = "
        "{at:.2f}에서 멈추지만, 그 사이에는 W + αv가 αv만큼 앞서 {when_ahead}걸음째에 "
        "{most_ahead:.2f}까지, W는 {when}걸음째에 {most:.2f}까지 갔다가 돌아선다. 판 b: 같은 "
        "걸음에서 두 자리의 손실. 내려가는 동안은 W + αv 쪽이, 지나친 뒤에는 W 쪽이 낮다.",
    },
    "en": {
        1: "A curve of loss against model parameter with valleys at W = {at[0]:.2f}, {at[1]:.2f} "
        "and {at[2]:.2f}. Arrows name the first two, of loss {loss[0]:.2f} and {loss[1]:.2f}, "
        "local minima and the third, of loss {loss[2]:.2f}, the global minimum.",
        2: "Three panels of the same curve in fog. The green dot of Momentum (rate {lr:g}, α = "
        "{alpha:g}) moves from before the cliff to its middle and past the second local minimum; "
        "only the way behind it and a little ahead is clear. Each dot carries its tangent, "
        "dashed.",
        3: "A loss curve with many ups and downs: {count} valleys, the lowest at W = {at:.2f}.",
        4: "Two panels that differ in the learning rate alone: one update from the same start "
        "along the same tangent. A rate of {small:g} moves W by {near:.2f}, one of {large:g} by "
        "{far:.2f}, across the valley.",
        5: "Left, at a rate of {small:g}, the steps shrink and end in the first local minimum, W = "
        "{end:.2f}. Right, at {large:g}, it jumps several times between the cliff on the left and "
        "the wall on the right without settling, until step {jumps} takes it out to W = {out:.1f}.",
        6: "Two panels with the same start, W = {start:g}, and learning rate, {lr:g}. SGD stops "
        "in the first local minimum, {stays:.2f}. Momentum (α = {alpha:g}) takes longer and longer "
        "steps, passes that minimum and crosses the hill.",
        7: "Momentum (rate {lr:g}, α = {alpha:g}) down a long slope: the steps grow, and near the "
        "minimum, W = {at:.2f}, it leaps up the far side to {far:.2f}.",
        8: "NAG (rate {lr:g}, α = {alpha:g}) down a long slope: past positions in grey, the "
        "present one, W = {now:.2f}, in green, the look-ahead parameter, {ahead:.2f}, in blue "
        "with its rising tangent dashed.",
        9: "Two charts with logarithmic axes. Panel a: the distance of mini-batch gradients from "
        "the full one falls with slope −1/2 in their size; for one image it is {ones[0]:.1f} "
        "times the full gradient's length and, after training, {ones[1]:.1f} and {ones[2]:.1f} "
        "times. Panel b: a loss of {target:g} takes {costs[0]:,.0f} "
        "images at {sizes[0]} a step, {costs[1]:,.0f} at {sizes[1]} and {costs[2]:,.0f} with all "
        "{sizes[2]:,} at once.",
        10: "Panel a: down a constant slope the steps grow to 1/(1−α) times the first, a line for "
        "each α. Panel b: a map of learning rate and α, coloured by where Momentum ends: the first "
        "local minimum where both are small, the global one in a wedge above, swinging and at "
        "last divergence where the rate is large. {first:.0%} of the map end in the first local "
        "minimum, {global:.0%} in the global one. The pair of figure 6 (rate {lr:g}, α = "
        "{alpha:g}, steps up to {times:.0f} times) lies in the wedge.",
        11: "Two maps of learning rate and α, coloured by where each pair ends, and seven bars. "
        "The wedge that reaches the global minimum is {momentum_global:.1%} of Momentum's map, a, "
        "and {nag_global:.1%} of NAG's, b. The bars, c, compare the two at the same pair: NAG "
        "settles first in the same minimum in {nag_sooner:.1%}, Momentum in "
        "{momentum_sooner:.1%}; in {apart:.1%} they settle in different minima, in {neither:.1%} "
        "neither has a definite end.",
        12: "Four panels. a: on contours SGD drops along y and then creeps along x, to "
        "{plain[0]:.1f} in {steps} steps. AdaGrad goes slantwise and farther, to {own[0]:.1f}. b: "
        "squares grow step by step; after {last} the h of x is {h[0]:.1f}, that of y {h[1]:.1f}. "
        "c: the rate of x falls from {first[0]:.2f} to {end[0]:.2f}, that of y from {first[1]:.2f} "
        "to {end[1]:.2f}, and both level off. SGD's stays at {lr:g}. d: as η changes, SGD arrives "
        "only below {bound:g}, AdaGrad at large η too.",
        13: "Four panels with logarithmic axes. Under a constant gradient the rate (a) falls "
        "straight with slope −1/2 and the distance (b) rises with slope 1/2. In the ravine (c, "
        "d), at η = {lr:g}, "
        "after {steps:,} steps the rate of x lies at {end[0]:.2f}, from {first[0]:.2f}, that of y "
        "at {end[1]:.3f}, from {first[1]:.2f}, and the distances lie at {way[0]:.0f} and "
        "{way[1]:.0f}. At two other η they level off too.",
        14: "Panel a: three straight lines on a logarithmic axis: at α = {alpha[0]:g}, "
        "{alpha[1]:g}, "
        "{alpha[2]:g} the weight of old values halves every {half[0]:.2g}, {half[1]:.2g}, "
        "{half[2]:.2g} steps. Panel b: the same noise averaged; α = {alpha[0]:g} jitters, "
        "{alpha[2]:g} is smooth but climbs late from 0 and comes down late.",
        15: "Four panels. a: when the gradient shrinks from {steep:g} to {gentle:g} AdaGrad's rate "
        "lies flat at {low[0]:.2g} and that of RMSProp with γ = {gamma[0]:g} rises from "
        "{low[1]:.2g} to {high[1]:.2g}. b: the more it shrinks, the smaller the step at a large γ. "
        "c: RMSProp's first step at γ = {gamma[0]:g}, {gamma[1]:g}, {gamma[2]:g} is "
        "{times[0]:.0f}, {times[1]:.0f} and {times[2]:.0f} times as long as the corrected one. d: "
        "for the same γ, it raises the loss of more than half of the starts from η = "
        "{half[0]:.2g}, {half[1]:.2g} and {half[2]:.2g} on.",
        16: "Four charts. Without correction the first and second moment (a, b) start near 0 and "
        "are late; corrected, they are about right from the first step. The factors (c) fall from "
        "{factors[0]:,.0f} and {factors[1]:,.0f} to 1. Uncorrected steps (d) are {first:.2f} times "
        "as long as corrected ones at first, at most {most:.2f} times, at step {at}, and then "
        "come back to 1.",
        17: "Three panels of paths, and the steps of arrival under each. a: on the curve of "
        "figure 1 Momentum, NAG and "
        "AdaGrad reach the global minimum, and Adam stops in the second local one. b: in the "
        "ravine "
        "AdaGrad is fastest and Adam comes in a wide bend. c: on Beale's function Adam arrives "
        "first. In the order of arrival, the steps are {chapter} on the curve, {ravine} in the "
        "ravine, "
        "{Beale} on Beale's function. – means that a rule never arrives.",
        18: "Three charts. a: the median final loss at nine learning rates: each rule has one "
        "hollow with a wall on its right; those of RMSProp and Adam lie further left. b and "
        "c, loss and accuracy of five other seeds at each rule's best rate: the medians of "
        "loss and accuracy are SGD {sgd[0]} and {sgd[1]}%, Momentum {momentum[0]} and "
        "{momentum[1]}%, NAG {nag[0]} and {nag[1]}%, AdaGrad {adagrad[0]} and {adagrad[1]}%, "
        "RMSProp {rmsprop[0]} and {rmsprop[1]}%, Adam {adam[0]} and {adam[1]}%.",
        19: "Two charts of the share of starts over the first learning rate, on a logarithmic "
        "axis. a: on the curve of figure 1 constant rates take at most {most:.0f} per cent to the "
        "global minimum and none from {none:.2f} on; rates that fall to 0 take {least:.0f} per "
        "cent or more from {large:.2f} on. b: on the curve of figure 3 a falling rate takes at "
        "most "
        "{few:.0f} per cent to the global minimum, and from {all:.2f} on all to {at:.3f}.",
        20: "Panel a: two paths on the contours of a long ravine. SGD zigzags across the steep "
        "direction for {sgd} steps. Momentum, whose steps are longer, is at the bottom after a few "
        "turns and {momentum} steps. Panel b, with logarithmic axes: the number of steps against "
        "the condition number rises with slope 1 for SGD and with slope 1/2 for Momentum. At a "
        "condition number of {kappa:,} SGD takes {slow:,} steps, Momentum {fast}, and {usual} with "
        "α = {alpha:g}.",
        "nag": "Panel a: where the two parameters are, step by step. They leave from one place and "
        "stop at one minimum, W = {at:.2f}; in between W + αv is ahead by αv and turns at "
        "{most_ahead:.2f} in step {when_ahead}, W at {most:.2f} in step {when}. Panel b: the loss "
        "at both: lower at W + αv on the way down, lower at W past the minimum.",
    },
}

# What an animation shows, from its first frame to its last.
ANIMATION_ALT_TEXTS = {
    "ko": {
        5: "공이 두 판의 같은 곳에서 함께 출발한다. 왼쪽 공은 조금씩 내려가 첫 지역 최적점에서 "
        "멈춘다. 오른쪽 공은 골짜기를 사이에 두고 크게 뛰다가 오른쪽 밖으로 나간다.",
        6: "공이 두 판의 같은 곳에서 같은 학습률로 출발한다. SGD의 공은 첫 지역 최적점에서 멈춘다. "
        "Momentum의 공은 속도 화살표를 단 채 언덕을 넘고, 오르내리며 느려지다가 전역 최적점에서 "
        "멈춘다.",
        7: "Momentum의 공이 긴 비탈에서 속도를 얻어 최적점을 지나치고 건너편 언덕까지 넘는다. "
        "되돌아와서도 최적점 둘레를 오래 오르내린 뒤에야 멈춘다.",
        8: "NAG의 공이 긴 비탈을 내려간다. 걸음마다 미리 가 본 파라미터가 파란 점으로, 거기서 잰 "
        "그래디언트가 점선으로 보인다. 점선이 오르막이 되자 갱신 폭이 줄고, 공은 최적점을 조금 "
        "지나쳤다가 곧 돌아와 멈춘다.",
    },
    "en": {
        5: "In two panels a ball sets out from the same place. Left, it goes down in small steps "
        "and stops in the first local minimum. Right, it leaps to and fro across the valleys and "
        "leaves the picture on the right.",
        6: "In two panels a ball sets out from the same place at the same learning rate. SGD's "
        "stops in the first local minimum. Momentum's, with its velocity as an arrow, crosses the "
        "hill, swings ever more slowly and stops in the global minimum.",
        7: "Momentum's ball gains velocity down a long slope, passes the minimum and the hill on "
        "its far side. It comes back and swings about the minimum for long before it stops.",
        8: "NAG's ball goes down a long slope. At every step a blue dot shows the look-ahead "
        "parameter and a dashed line the gradient there. Once that line rises, the steps shrink: "
        "the ball passes the minimum by a little, comes back and stops.",
    },
}
