"""Every word of the explorers, one table a language; what `udl.figures.text` has is not repeated.

What stands in braces is filled in: a number, a name of a rule as in ``"who"``, or another sentence.
"""

WORDS = {
    "ko": {
        "explorer": "탐색기. {title}",
        "empty": "규칙을 다 쓰면 여기서 나란히 걸어 볼 수 있다.",
        "at step": "{t}걸음",
        "knobs": {
            "step": "걸음",
            "start": "출발점 W",
            "x": "출발점 x",
            "y": "출발점 y",
            "across": "출발점 가로",
            "up": "출발점 세로",
            "lr": "학습률 η",
            "alpha": "모멘텀 계수 α",
            "gamma": "감쇠율 γ",
            "beta1": "β₁",
            "beta2": "β₂",
            "corrected": "편향 보정",
            "clear": "안개 걷기",
            "landscape": "지형",
        },
        "choices": {
            "chapter": "이 챕터의 곡선",
            "ravine": "골짜기 x²/20 + y²",
            "saddle": "안장",
            "Himmelblau": "Himmelblau",
            "Beale": "Beale",
            "Rosenbrock": "Rosenbrock",
        },
        "buttons": {
            "back": "◀ 한 걸음",
            "play": "▶ 재생",
            "pause": "∥ 멈춤",
            "forward": "한 걸음 ▶",
            "first": "처음으로",
        },
        "tips": {
            "back": "한 걸음 뒤로",
            "forward": "한 걸음 앞으로",
            "first": "손잡이와 걸음을 모두 처음 자리로",
            "play": "걷기와 멈추기",
            "stop": "0걸음으로",
            "type": "{knob} 적기",
        },
        "notes": {
            "click": "그림을 누르거나 끌면 출발점이 옮겨진다.",
            "missing": "이 화면에는 anywidget이 없어서 그림을 눌러도 출발점이 옮겨지지 않는다.",
            "gone": "커널이 끝났거나 다시 시작되어 이 탐색기는 움직이지 않는다. 셀을 다시 돌리자.",
        },
        "who": {
            "fog": "경사 하강법은",
            "sgd": "SGD는",
            "momentum": "Momentum은",
            "nag": "NAG는",
            "adagrad": "AdaGrad는",
            "rmsprop": "RMSProp은",
            "adam": "Adam은",
        },
        "fate": {
            "local": "지역 최적점 {place}",
            "global": "전역 최적점 {place}",
            "diverges": "{who} {step}걸음째에 발산한다.",
            "caught": "{who} {steps}걸음 안에 {minimum}에 갇힌다.",
            "stops": "{who} {steps}걸음 안에 {minimum}에 멈춘다.",
            "settles": "{who} {steps}걸음 뒤 {minimum} 곁에서 잦아든다.",
            "leaves": "{who} 그림 밖으로 달아난다. {steps}걸음 뒤 |W| = {far:.0e}이다.",
            "jumps": "{who} 멈추지 않고 튄다. 마지막 갱신 폭이 {last:.3g}이다.",
            "sways": "{who} {minimum} 둘레를 조금씩 오간다. 마지막 갱신 폭이 {last:.3g}이다.",
            "goes on": "{who} {steps}걸음으로는 아직 멈추지 않는다.",
        },
        "own": {
            "fails": "내 규칙(파랑)은 {step}걸음째를 걷지 못한다. {error}.",
            "complex": "W가 복소수가 된다",
            "same": "내 규칙(파랑)은 규칙과 같은 길을 걷는다.",
            "will part": "내 규칙(파랑)은 {step}걸음째에 갈라진다.",
            "parted": "내 규칙(파랑)은 {step}걸음째에 갈라졌다. 지금 내 규칙은 {mine}, 규칙은"
            " {rule}에 있다.",
            "alike": "내 규칙(파랑)은 한 걸음씩 보면 규칙과 같다. 반올림 오차만큼 작은 차이가"
            " 걸음을 거듭하며 커져서 {step}걸음째에 길이 갈라진다.",
            "here": "여기서 갈라진다",
        },
        "velocity": {
            "none yet": "아직 속도가 없다.",
            "almost none": "속도가 거의 0이다.",
            "gains": "내리막이라 속도가 붙는다.",
            "keeps": "내리막이지만 속도가 더 붙지는 않는다.",
            "slows": "남은 속도로 오르막을 오르며 느려진다.",
            "turns": "오르막에 밀려 되돌아선다.",
        },
        "3.7.1": {
            "title": "안개 속에서 내려가기",
            "alt": "손실 곡선이 안개에 덮여 있고, 지금까지 지나온 곳과 그 바로 곁만 보인다. 지금 선"
            " 자리에 점과 접선이 있다.",
            "alt clear": "안개가 걷혀 손실 곡선이 모두 보인다. 지금까지 지나온 자리가 점으로 있고,"
            " 지금 선 자리에 접선이 있다.",
            "flat": "아는 것은 발밑의 기울기뿐이다. 발밑이 평평하다. 지역 최적점일까, 전역"
            " 최적점일까?",
            "left": "아는 것은 발밑의 기울기뿐이다. 왼쪽이 내리막이다.",
            "right": "아는 것은 발밑의 기울기뿐이다. 오른쪽이 내리막이다.",
        },
        "3.7.2": {
            "title": "학습률 하나로 걷기",
            "alt": "손실 곡선 위에 SGD가 지나온 자리가 점으로, 큰 갱신이 점에서 점으로 가는"
            " 화살표로 있고, 지금 선 자리에 접선이 있다.",
        },
        "3.7.3": {
            "title": "속도를 안고 걷기",
            "alt": "손실 곡선 위에 Momentum이 지나온 자리와 지금 자리가 점으로, 속도가 화살표로"
            " 있고, 같은 출발점에서 같은 학습률로 걷는 SGD의 자리가 고리로 있다.",
            "v": "속도 v",
        },
        "3.7.4": {
            "title": "미리 가 보고 걷기",
            "alt": "같은 손실 곡선이 둘 있다. 왼쪽은 Momentum의 자리와 속도, 오른쪽은 NAG의 자리와"
            " 미리 가 본 파라미터, 거기서 잰 그래디언트의 접선이다.",
            "now": "지금",
            "v": "속도 v",
            "αv": "속도 αv",
            "ahead": "미리 가 본 파라미터 Ŵ",
            "push": "Ŵ에서 잰 −η ∂L/∂W",
            "brakes": "Ŵ에서 잰 −η ∂L/∂W = {push}: NAG는 속도를 거슬러 브레이크를 밟는다.",
            "pushes": "Ŵ에서 잰 −η ∂L/∂W = {push}: NAG는 속도를 보탠다.",
            "rests": "Ŵ에서 잰 −η ∂L/∂W가 거의 0이다.",
            "theirs": "Momentum은 W = {w}에 있다. {velocity}",
        },
        "3.7.5": {
            "title": "원소마다 다른 학습률로 걷기",
            "alt": "왼쪽 위는 골짜기의 등고선과 AdaGrad의 경로, 왼쪽 아래는 걸음마다 두 원소의"
            " 학습률 η/√h, 오른쪽은 두 원소의 h를 넓이로 나타낸 정사각형이다.",
            "rates": "원소마다의 학습률 η/√h",
            "squares": "h: 그래디언트 제곱의 합",
            "h": "h는 0에서 출발한다.",
            "still": "{element}는 그래디언트가 0이라 h도 0이다.",
            "ratio": "학습률 η/√h는 x가 {x:.4g}, y가 {y:.4g}이다. x가 {ratio:.3g}배다.",
        },
        "3.7.6": {
            "title": "잊으면서 걷기",
            "alt": "왼쪽은 손실 곡선 위의 RMSProp과 AdaGrad, 오른쪽 위는 걸음마다의 W, 오른쪽"
            " 아래는 h가 지난 그래디언트의 제곱을 기억하는 비중을 막대로 그린 것이다.",
            "path": "걸음마다의 W",
            "past": "h가 지난 제곱을 기억하는 비중 (새 값을 1로)",
            "h": "h는 0에서 출발한다.",
            "rates": "학습률 η/√h는 RMSProp이 {own}, AdaGrad가 {theirs}이다.",
        },
        "3.7.7": {
            "title": "여섯 규칙의 경주",
            "alt": "고른 지형 위에서 SGD, Momentum, NAG, AdaGrad, RMSProp, Adam이 같은 출발점에서"
            " 같은 학습률로 걸은 자취가 규칙마다 다른 색과 무늬로 있다.",
            "alt chapter": "손실 곡선 위에 SGD, Momentum, NAG, AdaGrad, RMSProp의 지금 자리가"
            " 규칙마다 다른 색의 고리로, Adam이 지나온 자리와 지금 자리가 점으로 있다.",
            "moments": "Adam의 모멘트: m = {m}, v = {v}.",
            "losses": "지금의 손실, 낮은 차례로: {losses}.",
            "diverged": "발산",
        },
    },
    "en": {
        "explorer": "Explorer. {title}",
        "empty": "Once the rule is written, it walks here beside the right one.",
        "at step": "Step {t}",
        "knobs": {
            "step": "Step",
            "start": "Start W",
            "x": "Start x",
            "y": "Start y",
            "across": "Start, across",
            "up": "Start, up",
            "lr": "Learning rate η",
            "alpha": "Coefficient α",
            "gamma": "Decay rate γ",
            "beta1": "β₁",
            "beta2": "β₂",
            "corrected": "Bias correction",
            "clear": "Lift the fog",
            "landscape": "Landscape",
        },
        "choices": {
            "chapter": "This chapter's curve",
            "ravine": "Ravine x²/20 + y²",
            "saddle": "Saddle",
            "Himmelblau": "Himmelblau",
            "Beale": "Beale",
            "Rosenbrock": "Rosenbrock",
        },
        "buttons": {
            "back": "◀ Step",
            "play": "▶ Play",
            "pause": "∥ Pause",
            "forward": "Step ▶",
            "first": "Reset",
        },
        "tips": {
            "back": "One step back",
            "forward": "One step on",
            "first": "All knobs and the step as they were at first",
            "play": "Play and pause",
            "stop": "To step 0",
            "type": "{knob}, typed",
        },
        "notes": {
            "click": "Click on the picture, or drag, to move the start.",
            "missing": "A click on the picture does not move the start: this page has no"
            " anywidget.",
            "gone": "The kernel has ended or been restarted, and this explorer no longer moves."
            " Run the cell again.",
        },
        "who": {
            "fog": "Gradient descent",
            "sgd": "SGD",
            "momentum": "Momentum",
            "nag": "NAG",
            "adagrad": "AdaGrad",
            "rmsprop": "RMSProp",
            "adam": "Adam",
        },
        "fate": {
            "local": "the local minimum at {place}",
            "global": "the global minimum at {place}",
            "diverges": "{who} diverges at step {step}.",
            "caught": "{who} is caught in {minimum} within {steps} steps.",
            "stops": "{who} stops in {minimum} within {steps} steps.",
            "settles": "{who} is settling near {minimum} after {steps} steps.",
            "leaves": "{who} leaves the picture: after {steps} steps |W| = {far:.0e}.",
            "jumps": "{who} keeps jumping: its last step is {last:.3g} long.",
            "sways": "{who} goes to and fro about {minimum}: its last step is {last:.3g} long.",
            "goes on": "{who} has not stopped after {steps} steps.",
        },
        "own": {
            "fails": "Your rule (blue) cannot take step {step}. {error}.",
            "complex": "Its W becomes a complex number",
            "same": "Your rule (blue) walks the same path as the right one.",
            "will part": "Your rule (blue) parts from the right one at step {step}.",
            "parted": "Your rule (blue) parted from the right one at step {step}. It is now at"
            " {mine}, the right one at {rule}.",
            "alike": "Each single step of your rule (blue) is that of the right one. A difference"
            " as small as rounding grows on the way, and the paths part at step {step}.",
            "here": "they part here",
        },
        "velocity": {
            "none yet": "There is no velocity yet.",
            "almost none": "The velocity is almost 0.",
            "gains": "Going downhill, it gains velocity.",
            "keeps": "Going downhill, it gains no more velocity.",
            "slows": "With the velocity that is left it goes uphill and slows down.",
            "turns": "The slope turns it back.",
        },
        "3.7.1": {
            "title": "Walking down in the fog",
            "alt": "The loss curve lies in fog: only the places passed so far, and a little to"
            " either side, can be seen. A dot and the tangent are at the present place.",
            "alt clear": "The fog has lifted, and the whole loss curve can be seen. Dots show the"
            " places passed so far. The tangent is at the present place.",
            "flat": "All you know is the slope underfoot. It is flat here. Is this a local minimum"
            " or the global one?",
            "left": "All you know is the slope underfoot. It goes down to the left.",
            "right": "All you know is the slope underfoot. It goes down to the right.",
        },
        "3.7.2": {
            "title": "Walking with the learning rate alone",
            "alt": "On the loss curve dots show where SGD has been, and arrows from dot to dot its"
            " large updates. The tangent is at the present place.",
        },
        "3.7.3": {
            "title": "Walking with velocity",
            "alt": "On the loss curve dots show where Momentum has been and where it is now, and an"
            " arrow its velocity. A ring shows SGD, from the same start at the same learning rate.",
            "v": "Velocity v",
        },
        "3.7.4": {
            "title": "Looking ahead before each step",
            "alt": "The same loss curve twice. Left: where Momentum is, and its velocity. Right:"
            " where NAG is, the look-ahead parameter, and the tangent there, whose gradient it"
            " measures.",
            "now": "Now",
            "v": "Velocity v",
            "αv": "Velocity αv",
            "ahead": "Look-ahead parameter Ŵ",
            "push": "−η ∂L/∂W, measured at Ŵ",
            "brakes": "−η ∂L/∂W at Ŵ is {push}: it opposes the velocity, and NAG brakes.",
            "pushes": "−η ∂L/∂W at Ŵ is {push}: it adds to the velocity of NAG.",
            "rests": "−η ∂L/∂W at Ŵ is almost 0.",
            "theirs": "Momentum is at W = {w}. {velocity}",
        },
        "3.7.5": {
            "title": "A learning rate for each element",
            "alt": "Upper left: contour lines of the ravine, and AdaGrad's path. Lower left: the"
            " learning rate η/√h of each element, step by step. Right: two squares whose areas are"
            " the h of the elements.",
            "rates": "Learning rate η/√h of each element",
            "squares": "h: sum of squared gradients",
            "h": "h starts at 0.",
            "still": "The gradient of {element} is 0, and so is its h.",
            "ratio": "The learning rate η/√h is {x:.4g} for x and {y:.4g} for y: that of x is"
            " {ratio:.3g} times as large.",
        },
        "3.7.6": {
            "title": "Walking and forgetting",
            "alt": "Left: RMSProp and AdaGrad on the loss curve. Upper right: W at each step. Lower"
            " right: bars for the weights with which h remembers past squared gradients.",
            "path": "W at each step",
            "past": "Weights of past squares in h (newest = 1)",
            "h": "h starts at 0.",
            "rates": "The learning rate η/√h is {own} for RMSProp and {theirs} for AdaGrad.",
        },
        "3.7.7": {
            "title": "A race of six rules",
            "alt": "On the landscape chosen, the paths of SGD, Momentum, NAG, AdaGrad, RMSProp and"
            " Adam from the same start at the same learning rate, each in a colour and a dash"
            " pattern of its own.",
            "alt chapter": "On the loss curve rings, each in a colour of its own, show where SGD,"
            " Momentum, NAG, AdaGrad and RMSProp are now, and dots where Adam has been and is now.",
            "moments": "Adam's moments: m = {m}, v = {v}.",
            "losses": "Losses now, the lowest first: {losses}.",
            "diverged": "diverged",
        },
    },
}
