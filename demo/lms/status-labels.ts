const LABELS: Record<string, string> = {
  created: 'Set-up begun',
  download_software_clicked: 'Set-up begun',
  ready_to_start: 'Ready to start',
  started: 'In progress',
  ready_to_submit: 'In progress',
  submitted: 'Submitted',
  second_review_required: 'In review',
  verified: 'Passed proctoring',
  rejected: 'Did not pass proctoring',
  declined: 'Taken without proctoring',
  error: 'Ended with an error',
}

/** A status as the platform words it; one it does not know is shown as it is. */
export function statusLabel (status: string | null): string {
  if (status === null) return ''
  return LABELS[status] ?? status.replaceAll('_', ' ')
}
