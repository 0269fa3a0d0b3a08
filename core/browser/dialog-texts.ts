import { createTexts } from './texts.ts'

/** For pages without the service's own dialog, which brings its texts in every language of the service. */
const EN = {
  ok: 'OK',
  'start-failed-title': 'The exam could not be started',
  'start-failed': 'Something went wrong while starting the exam. Reload the page and try again.',
  'start-failed-worker-title': 'The exam could not be started',
  'start-failed-worker': 'The proctoring application did not confirm the start. Make sure that it is running, then try again.',
  'end-failed-title': 'The exam could not be ended',
  'end-failed': 'Something went wrong while ending the exam. Check your connection, reload the page and try again.',
  'check-done-title': 'Your system check is done',
  'check-done': 'You can start the exam now.',
  'popup-blocked-title': 'Your browser blocked a new tab',
  'popup-blocked': 'Allow pop-up windows for this page and start the system check again.',
  'setup-unfinished-title': 'Set-up is not finished',
  'setup-unfinished': 'Finish the set-up and the system check first, then start the exam.',
  'request-failed-title': 'That did not work',
  'request-failed': 'The request could not be completed. Check your connection, reload the page and try again.',
}

const ES: Record<keyof typeof EN, string> = {
  ok: 'Aceptar',
  'start-failed-title': 'No se pudo empezar el examen',
  'start-failed': 'Algo falló al empezar el examen. Vuelva a cargar la página e inténtelo de nuevo.',
  'start-failed-worker-title': 'No se pudo empezar el examen',
  'start-failed-worker': 'La aplicación de supervisión no confirmó el inicio. Compruebe que esté abierta e inténtelo de nuevo.',
  'end-failed-title': 'No se pudo terminar el examen',
  'end-failed': 'Algo falló al terminar el examen. Compruebe la conexión, vuelva a cargar la página e inténtelo de nuevo.',
  'check-done-title': 'La comprobación del sistema está hecha',
  'check-done': 'Ya puede empezar el examen.',
  'popup-blocked-title': 'El navegador bloqueó una pestaña nueva',
  'popup-blocked': 'Permita las ventanas emergentes en esta página y repita la comprobación del sistema.',
  'setup-unfinished-title': 'La preparación no está terminada',
  'setup-unfinished': 'Termine primero la preparación y la comprobación del sistema; después empiece el examen.',
  'request-failed-title': 'No se pudo completar',
  'request-failed': 'No se pudo completar la solicitud. Compruebe la conexión, vuelva a cargar la página e inténtelo de nuevo.',
}

export type MessageName = Exclude<keyof typeof EN, 'ok' | `${string}-title`>
export const dialogText = createTexts(EN, { es: ES })
