"""Every word of the figures, one table a language: labels, captions, alternative texts."""

LANGUAGES = ("ko", "en")

WORDS = {
    "ko": {
        "figure": "그림 {}",
        "equation": "식 {}",
        "loss": "손실",
        "parameter": "모델 파라미터",
        "local": "지역 최적점",
        "global": "전역 최적점",
        "gradient": "그래디언트",
        "growing": "속도의 증가",
        "small rate": "학습률이 작은 경우",
        "large rate": "학습률이 큰 경우",
        "too small rate": "학습률이 너무 작은 경우",
        "too large rate": "학습률이 너무 큰 경우",
        "sgd ends": "그래디언트를 따라 내려가다\n지역 최적점에서 멈춘다.",
        "momentum escapes": "지역 최적점에 닿았지만\n남은 속도로 언덕을 넘는다.",
        "momentum overshoots": "최적점 앞까지 와서도\n불어난 속도가 멈추지 않는다.",
        "nag looks ahead": [
            [("현재 위치", "present"), ("에서", "text")],
            [("속도만큼 미리 가 본 파라미터", "lookahead"), ("의", "text")],
            [("그래디언트", "gradient"), ("를 잰다.", "text")],
        ],
    },
    "en": {
        "figure": "Figure {}",
        "equation": "Equation {}",
        "loss": "Loss",
        "parameter": "Model parameter",
        "local": "Local minimum",
        "global": "Global minimum",
        "gradient": "Gradient",
        "growing": "Velocity grows",
        "small rate": "Small learning rate",
        "large rate": "Large learning rate",
        "too small rate": "Learning rate too small",
        "too large rate": "Learning rate too large",
        "sgd ends": "It follows the gradient down\nand stops in a local minimum.",
        "momentum escapes": "At the minimum it still has\nvelocity, and leaves.",
        "momentum overshoots": "Close to the minimum its\nvelocity carries it past.",
        "nag looks ahead": [
            [("From the ", "text"), ("present position", "present")],
            [("the ", "text"), ("look-ahead parameter", "lookahead"), ("'s", "text")],
            [("gradient", "gradient"), (" is taken.", "text")],
        ],
    },
}

CAPTIONS = {
    "ko": {
        1: "지역 최적점과 전역 최적점",
        2: "안개 속의 내리막: 지나온 곳과 바로 앞만 보인다",
        3: "지역 최적점이 많은 손실 함수",
        4: "SGD: 그래디언트가 같아도 학습률이 걸음의 폭을 정한다",
        5: "SGD: 학습률이 너무 작을 때와 너무 클 때",
        6: "Momentum: 남은 속도로 지역 최적점을 벗어난다",
        7: "Momentum: 커진 속도가 최적점을 지나친다",
        8: "NAG: 미리 가 본 자리의 그래디언트로 속도를 고친다",
    },
    "en": {
        1: "Local and global minima",
        2: "Downhill in fog: only the way behind and a little ahead can be seen",
        3: "A loss function with many local minima",
        4: "SGD: at the same gradient the learning rate sets the width of the step",
        5: "SGD: a learning rate that is too small, and one that is too large",
        6: "Momentum: the velocity that is left carries it out of a local minimum",
        7: "Momentum: the velocity it has gained carries it past the minimum",
        8: "NAG: the gradient at the look-ahead parameter corrects the velocity",
    },
}

ALT_TEXTS = {
    "ko": {
        1: "가로축 모델 파라미터, 세로축 손실인 곡선. 왼쪽에서 오른쪽으로 골짜기가 셋 있고, "
        "앞의 둘은 지역 최적점, 가장 낮은 셋째는 전역 최적점이라고 화살표로 가리킨다.",
        2: "같은 곡선을 안개로 가린 판 셋. 초록 점이 절벽 앞, 절벽 중간, 둘째 지역 최적점 너머로 "
        "옮겨 가며 지나온 곳과 바로 앞만 걷힌다. 점마다 접선이 점선으로 그려져 있다.",
        3: "오르내림이 잦은 손실 곡선. 지역 최적점이 여럿 있다.",
        4: "학습률만 다른 두 판. 같은 출발점과 같은 접선에서 한 번 갱신한다. 학습률이 작으면 "
        "가까이, 크면 골짜기 너머 멀리 옮겨 간다.",
        5: "왼쪽 판에서는 걸음이 줄며 첫 지역 최적점에서 멈춘다. 오른쪽 판에서는 왼쪽 절벽과 "
        "오른쪽 벽 사이를 여러 번 뛰며 멈추지 않는다.",
        6: "같은 출발점과 학습률의 두 판. SGD는 첫 지역 최적점에서 멈춘다. Momentum은 걸음이 "
        "커지며 그 최적점을 지나 언덕을 넘는다.",
        7: "긴 비탈을 내려오는 Momentum. 걸음이 점점 커지고, 최적점 가까이에서 건너편 언덕까지 "
        "뛰어오른다.",
        8: "긴 비탈을 내려온 NAG. 지난 위치는 회색, 현재 위치는 초록, 미리 가 본 파라미터는 "
        "파랑이며 거기에 오르막 접선이 점선으로 그려져 있다.",
    },
    "en": {
        1: "A curve of loss against model parameter with three valleys. Arrows name the first two "
        "local minima and the third, the lowest, the global minimum.",
        2: "Three panels of the same curve in fog. A green dot moves from before the cliff to its "
        "middle and past the second local minimum; only the way behind it and a little ahead is "
        "clear. Each dot carries its tangent, dashed.",
        3: "A loss curve with many ups and downs and so many local minima.",
        4: "Two panels that differ in the learning rate alone: one update from the same start "
        "along the same tangent. The small rate ends near by, the large one across the valley.",
        5: "Left, the steps shrink and end in the first local minimum. Right, jumps between the "
        "cliff on the left and the wall on the right never settle.",
        6: "Two panels with the same start and learning rate. SGD stops in the first local "
        "minimum. Momentum's steps grow, pass that minimum and cross the hill.",
        7: "Momentum down a long slope: the steps grow, and near the minimum it leaps up the far "
        "side.",
        8: "NAG down a long slope: past positions in grey, the present one in green, the "
        "look-ahead parameter in blue with its rising tangent dashed.",
    },
}
