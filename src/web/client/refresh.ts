/** Brings a part of the page up to date by itself; never under somebody's hands. Without it the page is whole as it was sent. */

/** Further parts of the page that come with the same answer, and its title, where they are asked for. */
function others(section: HTMLElement, fresh: Document): void {
  for (const id of section.dataset['refreshAlso']?.split(' ') ?? []) {
    const [old, part] = [document.getElementById(id), fresh.getElementById(id)]
    if (old && part && !old.contains(document.activeElement) && !old.querySelector('details[open]'))
      old.replaceChildren(...part.childNodes)
  }
  if (section.dataset['refreshTitle'] !== undefined) document.title = fresh.title
}

export function refresh(section: HTMLElement, show: (html: string) => void): void {
  const every = Number(section.dataset['refresh']) * 1000
  const busy = () =>
    document.hidden || section.querySelector('details[open]') !== null || section.contains(document.activeElement)
  const look = async () => {
    if (!busy()) {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null)
      const fresh = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null
      const part = fresh?.getElementById(section.id)
      if (part && !busy()) show(part.innerHTML)
      if (fresh && part) others(section, fresh)
      for (const failed of section.querySelectorAll<HTMLElement>('[data-failed]')) failed.hidden = Boolean(part)
    }
    setTimeout(look, every)
  }
  setTimeout(look, every)
}
