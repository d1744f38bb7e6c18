// The day opens at the present moment, where the work is.

const frame = document.getElementById("board-frame");
const present = frame?.querySelector(".timeline__now");
if (present && frame.scrollHeight > frame.clientHeight) {
  frame.scrollTop = present.offsetTop - frame.clientHeight / 3;
}
