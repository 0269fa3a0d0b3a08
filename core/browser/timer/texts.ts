import { createTexts } from '../texts.ts'

const EN = {
  'timer-label': 'Exam timer',
  'time-left': 'Time left',
  remaining: '{time} remaining',
  'remaining-seconds': 'Less than a minute remaining',
  'time-up': 'Time is up. Your exam is being submitted.',
  'taking-as': 'You are taking “{exam}” as {kind}.',
  'timer-more': 'The timer shows how much time you have left. When it reaches zero the exam is submitted with the answers you have saved.',
  'timer-more-proctored': 'Keep the proctoring application open until you have ended the exam.',
  'show-more': 'Show more',
  'show-less': 'Show less',
  'end-exam': 'End my exam',
  'hide-timer': 'Hide timer',
  'say-time': 'Say time left',
}

const ES: Record<keyof typeof EN, string> = {
  'timer-label': 'Reloj del examen',
  'time-left': 'Tiempo restante',
  remaining: 'Tiempo restante: {time}',
  'remaining-seconds': 'Queda menos de un minuto',
  'time-up': 'El tiempo se ha acabado. Su examen se está entregando.',
  'taking-as': 'Está haciendo «{exam}» como {kind}.',
  'timer-more': 'El reloj muestra el tiempo que le queda. Cuando llegue a cero, el examen se entrega con las respuestas guardadas.',
  'timer-more-proctored': 'Mantenga abierta la aplicación de supervisión hasta que haya terminado el examen.',
  'show-more': 'Mostrar más',
  'show-less': 'Mostrar menos',
  'end-exam': 'Terminar mi examen',
  'hide-timer': 'Ocultar el reloj',
  'say-time': 'Decir el tiempo restante',
}

export const timerText = createTexts(EN, { es: ES })
