/** The steps a learner takes with the desktop application, by language. */
const INSTRUCTIONS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Press "Start System Check" below. A new window opens and leads you through downloading Proctortrack and proving who you are.',
    'As soon as your identity has been checked, you come back to this page.',
    'Before you go on, make sure that you see yourself in the webcam picture and that the Proctortrack box is on your screen.',
    'When both are there, press "Start Proctored Exam".',
  ],
  es: [
    'Pulse «Iniciar comprobación del sistema» aquí abajo. Se abre una ventana nueva que le guía para descargar Proctortrack y acreditar su identidad.',
    'En cuanto se haya comprobado su identidad, volverá a esta página.',
    'Antes de seguir, compruebe que se ve en la imagen de la cámara y que el recuadro de Proctortrack está en la pantalla.',
    'Cuando vea ambas cosas, pulse «Empezar el examen supervisado».',
  ],
}

/** `es-419` is Spanish too; who speaks a language that is not here gets English. */
export function instructionsIn (language: string): string[] {
  const [base = ''] = language.toLowerCase().split('-')
  return [...(Object.hasOwn(INSTRUCTIONS, base) ? INSTRUCTIONS[base] : undefined) ?? INSTRUCTIONS.en ?? []]
}
