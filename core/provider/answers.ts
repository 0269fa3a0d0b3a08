import { Type, type Static, type TSchema } from 'typebox'

/** The shapes a provider's answers must have; `call.ts` checks every one. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const ONBOARDING_REFUSALS = ['onboarding_missing', 'onboarding_pending', 'onboarding_failed', 'onboarding_expired'] as const
export type OnboardingRefusal = typeof ONBOARDING_REFUSALS[number]

export const RegistrationSchema = Type.Union([
  Type.Object({ externalId: Nullable(Type.String({ minLength: 1, maxLength: 255 })) }),
  Type.Object({ onboarding: Type.Enum([...ONBOARDING_REFUSALS]) }),
])

export const VENDOR_REVIEW_STATUSES = ['passed', 'violation', 'suspicious', 'not_reviewed'] as const
export type VendorReviewStatus = typeof VENDOR_REVIEW_STATUSES[number]

export const NormalisedReviewSchema = Type.Object({
  status: Type.Enum([...VENDOR_REVIEW_STATUSES]),
  comments: Type.Array(Type.Object({
    comment: Type.String(),
    status: Type.String({ maxLength: 255 }),
    start: Type.Integer(),
    stop: Type.Integer(),
    duration: Type.Integer(),
  })),
  videoReviewLink: Type.Optional(Type.String()),
  reviewedBy: Type.Optional(Nullable(Type.String())),
})
/** A review in the host's own shape. Times are seconds from the start of the recording. */
export type NormalisedReview = Static<typeof NormalisedReviewSchema>

export const AttemptDetailsSchema = Type.Object({
  downloadUrl: Type.Optional(Nullable(Type.String())),
  instructions: Type.Optional(Nullable(Type.Array(Type.String()))),
})
export type AttemptDetails = Static<typeof AttemptDetailsSchema>

export const OnboardingProfileSchema = Type.Object({
  userId: Type.String(),
  status: Type.String(),
  expirationDate: Nullable(Type.String()),
})
export const OnboardingProfilesSchema = Type.Object({ profiles: Type.Array(OnboardingProfileSchema) })
export type OnboardingProfile = Static<typeof OnboardingProfileSchema>
export type OnboardingProfiles = Static<typeof OnboardingProfilesSchema>
