/** What learners and authors read, by language. */
const TEXTS = {
  en: {
    rules: { allow_notes: 'Notes on paper are allowed', allow_calculator: 'A calculator is allowed', allow_breaks: 'Short breaks are allowed' },
    openApp: 'Open the demo proctoring application: it starts in a new tab.',
    checkName: 'Check that it greets you by your name',
    letCheck: 'Let it check your camera, your microphone and your room.',
    sayReady: 'Choose "I am ready" there, then come back to this page.',
  },
  es: {
    rules: { allow_notes: 'Se permiten apuntes en papel', allow_calculator: 'Se permite una calculadora', allow_breaks: 'Se permiten pausas breves' },
    openApp: 'Abra la aplicación de supervisión de demostración: se inicia en una pestaña nueva.',
    checkName: 'Compruebe que le saluda por su nombre',
    letCheck: 'Deje que compruebe su cámara, su micrófono y la habitación.',
    sayReady: 'Elija «I am ready» allí y vuelva a esta página.',
  },
} as const

export type Language = keyof typeof TEXTS

/**
 * The first language of the header that is known here. `es;en` is read too: platforms of this protocol have always
 * sent lists so, although HTTP means something else by a semicolon.
 */
export function chooseLanguage (header: string | undefined): Language {
  const wanted = (header ?? '').toLowerCase().split(/[,;]/).map(part => part.trim().split('-')[0])
  return wanted.find(language => language === 'en' || language === 'es') ?? 'en'
}

export const rulesIn = (language: Language) => TEXTS[language].rules

/** The steps of the set-up; with a name when it is known whose. */
export function instructionsIn (language: Language, fullName?: string): string[] {
  const { openApp, checkName, letCheck, sayReady } = TEXTS[language]
  return [openApp, ...(fullName ? [`${checkName} (${fullName}).`] : []), letCheck, sayReady]
}
