//! 한국어로 된 말.

use super::Text;

pub static TEXT: Text = Text {
    from: "원본 폴더",
    to: "저장 폴더",
    choose: "선택…",
    start: "변환 시작",
    pause: "일시 정지",
    resume: "계속",
    stop: "중지",
};
