/** Browser code: a folded list of places says in its own line what is ticked in it. */

export function mountFold(fold: HTMLDetailsElement): void {
  const line = fold.querySelector<HTMLElement>('[data-chosen]')
  if (!line) return
  const comma = document.documentElement.lang.toLowerCase().startsWith('en') ? ', ' : '、'
  fold.addEventListener('change', () => {
    const ticked = [...fold.querySelectorAll<HTMLInputElement>('input[type=checkbox][name]:checked')]
    const names = new Set(ticked.map((box) => box.parentElement?.textContent?.trim() ?? box.value))
    line.textContent = [...names].join(comma) || (line.dataset['chosen'] ?? '')
    line.className = names.size ? 'own' : 'late'
  })
}
