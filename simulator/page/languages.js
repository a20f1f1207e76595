/** The languages a new phone can be set to, each in its own words. */

export const LANGUAGES = [
  ["en", "English"], ["ar", "العربية"], ["bn", "বাংলা"], ["es", "Español"], ["fr", "Français"], ["hi", "हिन्दी"], ["ne", "नेपाली"],
  ["pa", "ਪੰਜਾਬੀ"], ["pl", "Polski"], ["pt", "Português"], ["ro", "Română"], ["so", "Soomaali"], ["tl", "Tagalog"], ["ur", "اردو"], ["yo", "Yorùbá"],
];

const names = new Map(LANGUAGES);

/** The language's own name, or its code when it is not in the list. */
export const languageName = (code) => names.get(code) ?? code ?? "";
