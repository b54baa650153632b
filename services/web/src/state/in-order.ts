/** Shows answers in the order of their questions: one that comes after a newer one's is left out. */
export function inOrder<Answer>(show: (answer: Answer) => void): (question: Promise<Answer>) => Promise<void> {
  let asked = 0;
  let shown = 0;
  return async (question) => {
    asked += 1;
    const own = asked;
    const answer = await question;
    if (own < shown) return;
    shown = own;
    show(answer);
  };
}
