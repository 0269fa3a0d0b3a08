// Made by `npm run generate` from the OpenAPI document. Do not edit: change the routes' schemas and run it again.
export interface paths {
    "/api/edx_proctoring/proctoring_launch_callback/start_exam/{attempt_code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * RPNow's secure browser opens an attempt
         * @description For anybody, without signing in.
         */
        get: operations["getProctoringLaunchCallbackStartExamByAttemptCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/proctoring_review_callback/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * RPNow's verdict
         * @description For anybody, without signing in.
         */
        post: operations["postProctoringReviewCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/instructor/{course_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The vendor's dashboard of a course
         * @description For staff of the course that the object belongs to.
         */
        get: operations["getInstructorByCourseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/instructor/{course_id}/{exam_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The vendor's dashboard of an exam
         * @description For staff of the course that the object belongs to.
         */
        get: operations["getInstructorByCourseIdAndExamId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/{course_id}/allowance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What learners are granted in a course
         * @description For staff of the course that the object belongs to.
         */
        get: operations["getAllowanceByCourseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/{course_id}/bulk_allowance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Grant several learners the same in several exams
         * @description For staff of the course that the object belongs to.
         */
        put: operations["putBulkAllowanceByCourseId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/{course_id}/grouped/allowance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same by user name
         * @description For staff of the course that the object belongs to.
         */
        get: operations["getGroupedAllowanceByCourseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/active_attempt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The attempt I am working on, with links for the learning front end
         * @description For any user for own data; global staff for others'.
         */
        get: operations["getActiveAttempt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/active_exams_for_user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The exams I am working on
         * @description Staff may name another user. The arguments may also stand in the body, as JSON or a form. For any user for own data; global staff for others'.
         */
        get: operations["getActiveExamsForUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/allowance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Grant a learner something
         * @description For staff of the course that the object belongs to.
         */
        put: operations["putAllowance"];
        post?: never;
        /**
         * Take back what a learner was granted
         * @description For staff of the course that the object belongs to.
         */
        delete: operations["deleteAllowance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/attempt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The attempt I am working on
         * @description For any user.
         */
        get: operations["getAttempt"];
        put?: never;
        /**
         * Enter an exam
         * @description For any user.
         */
        post: operations["postAttempt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/attempt/{attempt_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Poll my attempt
         * @description For the learner whose attempt it is.
         */
        get: operations["getAttemptByAttemptId"];
        /**
         * Change my attempt; staff may let a learner resume
         * @description For the learner whose attempt it is; some actions: staff of its course.
         */
        put: operations["putAttemptByAttemptId"];
        post?: never;
        /**
         * Remove an attempt
         * @description For staff of the course that the object belongs to.
         */
        delete: operations["deleteAttemptByAttemptId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/attempt/{attempt_id}/review_status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * I have seen the verdict
         * @description For the learner whose attempt it is.
         */
        put: operations["putAttemptReviewStatusByAttemptId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/attempt/{external_id}/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The vendor is ready for the learner
         * @description For the vendor of the attempt's provider, members of the group {provider}_review, global staff.
         */
        post: operations["postAttemptReadyByExternalId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/attempt/{external_id}/reviewed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The vendor's verdict
         * @description For the vendor of the attempt's provider, members of the group {provider}_review, global staff.
         */
        post: operations["postAttemptReviewedByExternalId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/attempt/course_id/{course_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The exam of a section and my attempt
         * @description For any user for own data; global staff for others'.
         */
        get: operations["getAttemptByCourseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/attempt/grouped/course_id/{course_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Attempts of a course
         * @description For staff of the course that the object belongs to.
         */
        get: operations["getAttemptGroupedByCourseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/attempt/grouped/course_id/{course_id}/search/{text}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Attempts of some learners of a course
         * @description For staff of the course that the object belongs to.
         */
        get: operations["getAttemptGroupedSearchByCourseIdAndText"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/bulk_allowance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Grant several learners the same in several exams
         * @description For staff of the course that the object belongs to.
         */
        put: operations["putBulkAllowance"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/exam": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One exam, by exam_id or by course_id and content_id
         * @description For any user.
         */
        get: operations["getExam"];
        /**
         * Change an exam
         * @description For global staff.
         */
        put: operations["putExam"];
        /**
         * Create an exam
         * @description For global staff.
         */
        post: operations["postExam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/exam_id/{exam_id}/user_id/{user_id}/reset_attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a learner's attempts at an exam
         * @description For staff of the course that the object belongs to.
         */
        delete: operations["deleteResetAttemptsByExamIdAndUserId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/exam_registration/course_id/{course_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Replace the exams of a course
         * @description For global staff.
         */
        patch: operations["patchExamRegistrationByCourseId"];
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/exam/course_id/{course_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Active exams of a course
         * @description For any user.
         */
        get: operations["getExamByCourseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/exam/course_id/{course_id}/content_id/{content_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The exam of a section
         * @description For any user.
         */
        get: operations["getExamByCourseIdAndContentId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/exam/exam_id/{exam_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One exam
         * @description For any user.
         */
        get: operations["getExamByExamId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/review_policy/exam_id/{exam_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What reviewers of an exam allow
         * @description For any user.
         */
        get: operations["getReviewPolicyByExamId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/proctored_exam/settings/exam_id/{exam_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The platform and the provider of an exam
         * @description For any user.
         */
        get: operations["getSettingsByExamId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/retire_backend_user/{user_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retire a learner at the vendors
         * @description For users who hold accounts.can_retire_user.
         */
        post: operations["postRetireBackendUserByUserId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/retire_user/{user_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Blank what was written about a learner
         * @description For users who hold accounts.can_retire_user.
         */
        post: operations["postRetireUserByUserId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/user_onboarding/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My onboarding in a course
         * @description For any user for own data; staff of the course for others'.
         */
        get: operations["getUserOnboardingStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/edx_proctoring/v1/user_onboarding/status/course_id/{course_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Onboarding of a course's learners
         * @description For staff of the course that the object belongs to.
         */
        get: operations["getUserOnboardingStatusByCourseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/attempt_summaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Icons and words for the exams of an outline
         * @description For any user for own data; global staff for others'.
         */
        post: operations["postAttemptSummaries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/attempts/{attempt_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The story of an attempt, removed ones too; learners see their own without the staff's part
         * @description For the learner whose attempt it is; some actions: staff of its course.
         */
        get: operations["getAttemptsTimelineByAttemptId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/courses/{course_id}/last_completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When were all proctored exams completed?
         * @description For any user for own data; staff of the course for others'.
         */
        get: operations["getCoursesLastCompletionByCourseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/courses/{course_id}/violations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The violation report of a course; with Accept: text/csv the whole of it as a table
         * @description For staff of the course that the object belongs to.
         */
        get: operations["getCoursesViolationsByCourseId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/effects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Effects, newest first
         * @description For global staff.
         */
        get: operations["getEffects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/effects/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a dead or waiting effect again now
         * @description For global staff.
         */
        post: operations["postEffectsRetryById"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Providers with their health; calls and circuits are those of the process that answers
         * @description For global staff.
         */
        get: operations["getProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/providers/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One provider
         * @description For global staff.
         */
        get: operations["getProvidersByName"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/providers/{name}/retry_effects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send everything again that was given up or waits for this provider
         * @description For global staff.
         */
        post: operations["postProvidersRetryEffectsByName"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invigil/v1/student_view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The page instead of the exam content; 204 = show the content
         * @description For any user for own data; global staff for others'.
         */
        post: operations["postStudentView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/csrf/api/v1/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A token for X-CSRFToken
         * @description For anybody, without signing in.
         */
        get: operations["getCsrfApiV1Token"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can it serve? (exams service)
         * @description For anybody, without signing in.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description For anybody, without signing in.
         */
        get: operations["getHealthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can it serve?
         * @description For anybody, without signing in.
         */
        get: operations["getHealthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/access_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A token for a vendor
         * @description For anybody, without signing in.
         */
        post: operations["postOauth2AccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Allowance: {
            /** @description ISO 8601, UTC, microseconds when there are any */
            created: string;
            id: number;
            key: string;
            /** @description ISO 8601, UTC, microseconds when there are any */
            modified: string;
            proctored_exam: components["schemas"]["Exam"];
            user: components["schemas"]["User"];
            value: string;
        };
        AllowanceGrant: {
            exam_id: number;
            /** @description additional_time_granted (value: minutes), time_multiplier, review_policy_exception, or any other */
            key: string;
            user_info: string | number;
            /** @description minutes as text, a factor, or any text */
            value: string;
        };
        AllowanceRemoval: {
            exam_id: number;
            /** @description additional_time_granted (value: minutes), time_multiplier, review_policy_exception, or any other */
            key: string;
            user_id: number;
        };
        Attempt: {
            allowed_time_limit_mins: number | null;
            attempt_code: string | null;
            /** @description ISO 8601, UTC, microseconds when there are any */
            completed_at: string | null;
            /** @description ISO 8601, UTC, microseconds when there are any */
            created: string;
            external_id: string | null;
            id: number;
            is_resumable: boolean;
            is_sample_attempt: boolean;
            is_status_acknowledged: boolean;
            /** @description ISO 8601, UTC, microseconds when there are any */
            modified: string;
            proctored_exam: components["schemas"]["Exam"];
            ready_to_resume: boolean;
            resumed: boolean;
            review_policy_id: number | null;
            /** @description ISO 8601, UTC, microseconds when there are any */
            started_at: string | null;
            status: components["schemas"]["AttemptStatus"];
            taking_as_proctored: boolean;
            time_remaining_seconds: number | null;
            user: components["schemas"]["User"];
        };
        AttemptAction: {
            /**
             * @description stop: leave the questions, still to be handed in; submit: hand in
             * @enum {unknown}
             */
            action: "start" | "stop" | "submit" | "click_download_software" | "decline" | "error" | "reset_attempt";
            /** @description with error: what went wrong */
            detail?: string;
        } | {
            /** @enum {string} */
            action: "mark_ready_to_resume";
            /** @description the learner whose attempt it is */
            user_id: number;
        };
        /** @enum {string} */
        AttemptStatus: "eligible" | "created" | "download_software_clicked" | "ready_to_start" | "started" | "ready_to_submit" | "declined" | "timed_out" | "submitted" | "second_review_required" | "verified" | "rejected" | "error" | "expired" | "onboarding_reset" | "onboarding_missing" | "onboarding_pending" | "onboarding_failed" | "onboarding_expired";
        AttemptSummary: {
            in_completed_state: boolean;
            short_description: string;
            /** @description absent for exams without proctoring */
            status?: string;
            suggested_icon: string;
        };
        AttemptTimer: {
            accessibility_time_string: string;
            attempt_code?: string | null;
            attempt_id: number;
            attempt_ready_to_resume: boolean;
            attempt_status: components["schemas"]["AttemptStatus"];
            course_id: string;
            critically_low_threshold_sec: number;
            desktop_application_js_url: string;
            exam_display_name: string;
            exam_started_poll_url: string;
            exam_type: string;
            exam_url_path: string;
            external_id: string | null;
            in_timed_exam: boolean;
            low_threshold_sec: number;
            ping_interval?: number;
            software_download_url?: string | null;
            taking_as_proctored: boolean;
            time_remaining_seconds: number;
            total_time: string;
            use_legacy_attempt_api: boolean;
        };
        BulkAllowance: {
            /** @description additional_time_granted (value: minutes), time_multiplier, review_policy_exception, or any other */
            allowance_type: string;
            course_id?: string;
            /** @description a list, or text with commas */
            exam_ids: (string | number)[] | string;
            /** @description a list, or text with commas */
            user_ids: (string | number)[] | string;
            value: string | number;
        };
        Effect: {
            created_at: string;
            delivered_at: string | null;
            due_at: string;
            id: number;
            /** @enum {unknown} */
            kind: "provider" | "lms" | "email" | "webhook";
            last_error: string | null;
            request_id: string | null;
            /** @enum {unknown} */
            state: "pending" | "delivered" | "dead";
            /** @description effects of one stream are delivered in order */
            stream: string;
            /** @description what it is about, e.g. attempt:41 */
            subject: string;
            tries: number;
            what: string;
        };
        EnterExam: {
            /** @description false: without proctoring */
            attempt_proctored?: boolean;
            exam_id: number;
            /** @description true: the time runs from now */
            start_clock?: boolean;
        };
        Exam: {
            backend: string | null;
            content_id: string;
            course_id: string;
            /** @description ISO 8601, UTC, microseconds when there are any */
            due_date: string | null;
            exam_name: string;
            external_id: string | null;
            hide_after_due: boolean;
            id: number;
            is_active: boolean;
            is_practice_exam: boolean;
            is_proctored: boolean;
            time_limit_mins: number;
        };
        ExamChange: {
            exam_id: number;
            exam_name?: string | null;
            external_id?: string | null;
            hide_after_due?: boolean | null;
            is_active?: boolean | null;
            is_practice_exam?: boolean | null;
            is_proctored?: boolean | null;
            time_limit_mins?: number | null;
        };
        ExamSettings: {
            contact_us: string;
            /** @description whatever the vendor says of itself */
            exam_proctoring_backend: {
                [key: string]: unknown;
            } | null;
            integration_specific_email?: string;
            learner_notification_from_email?: string;
            link_urls: {
                [key: string]: string;
            } | null;
            platform_name: string;
            proctoring_escalation_email?: string | null;
            provider_name?: string;
            provider_tech_support_email?: string;
            provider_tech_support_phone?: string;
        };
        GroupedAttempts: {
            attempt_url: string;
            pagination_info: {
                current_page: number;
                has_next: boolean;
                has_previous: boolean;
                total_pages: number;
            };
            proctored_exam_attempts: {
                all_attempts: components["schemas"]["Attempt"][];
                allowed_time_limit_mins: number | null;
                attempt_code: string | null;
                /** @description ISO 8601, UTC, microseconds when there are any */
                completed_at: string | null;
                /** @description ISO 8601, UTC, microseconds when there are any */
                created: string;
                external_id: string | null;
                id: number;
                is_resumable: boolean;
                is_sample_attempt: boolean;
                is_status_acknowledged: boolean;
                /** @description ISO 8601, UTC, microseconds when there are any */
                modified: string;
                proctored_exam: components["schemas"]["Exam"];
                ready_to_resume: boolean;
                resumed: boolean;
                review_policy_id: number | null;
                /** @description ISO 8601, UTC, microseconds when there are any */
                started_at: string | null;
                status: components["schemas"]["AttemptStatus"];
                taking_as_proctored: boolean;
                time_remaining_seconds: number | null;
                user: components["schemas"]["User"];
            }[];
        };
        MissingProvider: {
            /** @description active proctored exams that name it */
            exams: number;
            /** @description learners whose exam is running under it */
            live_attempts: number;
            name: string;
            /** @description effects that wait for this vendor, of all processes */
            queue: {
                dead: number;
                oldest_pending_seconds: number;
                pending: number;
            };
        };
        NewExam: {
            backend?: string;
            content_id: string;
            course_id: string;
            due_date?: string | null;
            exam_name: string;
            external_id: string;
            hide_after_due: boolean;
            id?: number | null;
            is_active: boolean;
            is_practice_exam: boolean;
            is_proctored: boolean;
            time_limit_mins: number;
        };
        PolledAttempt: {
            accessibility_time_string: string;
            allowed_time_limit_mins: number | null;
            attempt_code: string | null;
            /** @description ISO 8601, UTC, microseconds when there are any */
            completed_at: string | null;
            /** @description ISO 8601, UTC, microseconds when there are any */
            created: string;
            external_id: string | null;
            id: number;
            is_resumable: boolean;
            is_sample_attempt: boolean;
            is_status_acknowledged: boolean;
            /** @description ISO 8601, UTC, microseconds when there are any */
            modified: string;
            proctored_exam: components["schemas"]["Exam"];
            ready_to_resume: boolean;
            resumed: boolean;
            review_policy_id: number | null;
            /** @description ISO 8601, UTC, microseconds when there are any */
            started_at: string | null;
            status: components["schemas"]["AttemptStatus"];
            taking_as_proctored: boolean;
            time_remaining_seconds: number;
            user: components["schemas"]["User"];
        };
        Provider: {
            /** @description secrets only as "set" */
            attributes: {
                [key: string]: unknown;
            };
            capabilities: string[];
            contract: string | null;
            entry_point: string | null;
            /** @description active proctored exams that name it */
            exams: number;
            faults: string[];
            health: {
                /**
                 * @description open = the vendor failed too often and is left alone for a while
                 * @enum {unknown}
                 */
                circuit: "closed" | "open" | "half-open";
                counts: {
                    [key: string]: number;
                };
                /** @description newest first */
                last_errors: {
                    at: string;
                    code: string;
                    message: string;
                    method: string;
                }[];
                p50_ms: number | null;
                pending: number;
                retry_at: string | null;
            };
            is_default: boolean;
            /** @description learners whose exam is running under it */
            live_attempts: number;
            name: string;
            package: string | null;
            /** @description effects that wait for this vendor, of all processes */
            queue: {
                dead: number;
                oldest_pending_seconds: number;
                pending: number;
            };
            /** @description both null = every course */
            serves: {
                /** @description course keys, or how some begin and a * */
                courses: string[] | null;
                /** @description first parts of course keys */
                organizations: string[] | null;
            };
            /** @enum {unknown} */
            state: "ready" | "disabled" | "retired";
            /** @description what an operator should look at, the worst first */
            troubles: {
                code: string;
                /** @enum {unknown} */
                severity: "wrong" | "watch" | "know";
                todo: string;
                what: string;
            }[];
            version: string | null;
        };
        Refusal: {
            /** @description paths under /api/invigil only; elsewhere it is in the header Invigil-Error alone */
            code?: string;
            /** @description why not, for people */
            detail: string;
        };
        RegisteredExam: {
            backend?: string;
            content_id: string;
            course_id: string;
            due_date?: string | null;
            exam_name: string;
            external_id?: string | null;
            hide_after_due: boolean;
            id?: number | null;
            is_active: boolean;
            is_practice_exam: boolean;
            is_proctored: boolean;
            time_limit_mins: number;
        };
        /** @description The standard body; a provider may read one of its vendor's own. */
        Review: {
            comments?: {
                comment: string;
                /** @description seconds into the recording */
                duration?: number;
                /** @description seconds into the recording */
                start?: number;
                /** @description the vendor's word for this remark */
                status: string;
                /** @description seconds into the recording */
                stop?: number;
            }[];
            /** @description e-mail address of the user who decided */
            reviewed_by?: string;
            /** @enum {unknown} */
            status: "passed" | "violation" | "suspicious" | "not_reviewed";
        };
        RpnowReview: {
            desktopComments?: {
                comments: string;
                /** @description seconds into the recording */
                duration?: number;
                /** @description seconds into the recording */
                eventFinish?: number;
                /** @description seconds into the recording */
                eventStart?: number;
                eventStatus: string;
            }[];
            examMetaData: {
                /** @description the attempt code */
                examCode: string;
                ssiRecordLocator: string;
            } & {
                [key: string]: unknown;
            };
            /** @description Clean, Rules Violation, Suspicious or Not Reviewed */
            reviewStatus: string;
            videoReviewLink?: string;
            webCamComments?: {
                comments: string;
                /** @description seconds into the recording */
                duration?: number;
                /** @description seconds into the recording */
                eventFinish?: number;
                /** @description seconds into the recording */
                eventStart?: number;
                eventStatus: string;
            }[];
        };
        TimelineEntry: {
            /** @enum {unknown} */
            about: "attempt" | "review" | "effect";
            at: string;
            changes: {
                [key: string]: {
                    after: unknown;
                    before: unknown;
                };
            };
            effect: {
                delivered_at: string | null;
                due_at: string;
                id: number;
                kind: string;
                last_error: string | null;
                state: string;
                tries: number;
                what: string;
            } | null;
            reason: string | null;
            request_id: string | null;
            /** @enum {unknown} */
            what: "created" | "changed" | "removed" | "queued";
            who: {
                kind: string;
                name: string;
            } | null;
        };
        User: {
            email: string;
            id: number;
            username: string;
        };
        View: {
            facts: {
                [key: string]: unknown;
            };
            html: string;
            view: string;
        };
        Viewer: {
            content_id: string;
            context?: {
                allow_proctoring_opt_out?: boolean | null;
                credit_state?: ({
                    course_end_date?: string | null;
                    credit_requirement_status?: ({
                        display_name?: string | null;
                        name?: string | null;
                        namespace: string;
                        order: number;
                        status?: string | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                default_time_limit_mins?: number | null;
                display_name?: string | null;
                due_date?: string | null;
                grace_period_seconds?: number | null;
                hide_after_due?: boolean | null;
                is_practice_exam?: boolean | null;
                is_proctored?: boolean | null;
            } & {
                [key: string]: unknown;
            };
            course_id: string;
            role?: string;
            /** @description another learner: staff only */
            user_id?: number | null;
        };
        /** @description and a list of remarks under "{status} Comments" for each status of remarks */
        Violation: {
            allowed_time_limit_mins: number | null;
            attempt_code: string;
            attempt_id: number;
            completed_at: string | null;
            course_id: string;
            email: string;
            exam_name: string;
            is_sample_attempt: boolean;
            provider: string | null;
            review_status: string | null;
            started_at: string | null;
            status: string;
            user_id: number;
            username: string;
        } & {
            [key: string]: string[];
        };
    };
    responses: {
        /** @description Why not. `detail` is for people; the code, which never changes, is in the header `Invigil-Error`. */
        Refusal: {
            headers: {
                /** @description one of the codes of the README */
                "Invigil-Error"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Allowance = components['schemas']['Allowance'];
export type AllowanceGrant = components['schemas']['AllowanceGrant'];
export type AllowanceRemoval = components['schemas']['AllowanceRemoval'];
export type Attempt = components['schemas']['Attempt'];
export type AttemptAction = components['schemas']['AttemptAction'];
export type AttemptStatus = components['schemas']['AttemptStatus'];
export type AttemptSummary = components['schemas']['AttemptSummary'];
export type AttemptTimer = components['schemas']['AttemptTimer'];
export type BulkAllowance = components['schemas']['BulkAllowance'];
export type Effect = components['schemas']['Effect'];
export type EnterExam = components['schemas']['EnterExam'];
export type Exam = components['schemas']['Exam'];
export type ExamChange = components['schemas']['ExamChange'];
export type ExamSettings = components['schemas']['ExamSettings'];
export type GroupedAttempts = components['schemas']['GroupedAttempts'];
export type MissingProvider = components['schemas']['MissingProvider'];
export type NewExam = components['schemas']['NewExam'];
export type PolledAttempt = components['schemas']['PolledAttempt'];
export type Provider = components['schemas']['Provider'];
export type Refusal = components['schemas']['Refusal'];
export type RegisteredExam = components['schemas']['RegisteredExam'];
export type Review = components['schemas']['Review'];
export type RpnowReview = components['schemas']['RpnowReview'];
export type TimelineEntry = components['schemas']['TimelineEntry'];
export type User = components['schemas']['User'];
export type View = components['schemas']['View'];
export type Viewer = components['schemas']['Viewer'];
export type Violation = components['schemas']['Violation'];
export type ResponseRefusal = components['responses']['Refusal'];
export type $defs = Record<string, never>;
export interface operations {
    getProctoringLaunchCallbackStartExamByAttemptCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postProctoringReviewCallback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RpnowReview"];
            };
        };
        responses: {
            /** @description a bare JSON string */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getInstructorByCourseId: {
        parameters: {
            query?: {
                /** @description the vendor's id of an attempt */
                attempt?: string;
                /** @description true = the vendor's settings of the exam */
                config?: string;
            };
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INV_SEVERAL_DASHBOARDS */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string | components["schemas"]["Refusal"];
                };
            };
            /** @description INV_NO_DASHBOARD */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string | components["schemas"]["Refusal"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getInstructorByCourseIdAndExamId: {
        parameters: {
            query?: {
                /** @description the vendor's id of an attempt */
                attempt?: string;
                /** @description true = the vendor's settings of the exam */
                config?: string;
            };
            header?: never;
            path: {
                course_id: string;
                exam_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a bare JSON string */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description INV_NO_DASHBOARD */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string | components["schemas"]["Refusal"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getAllowanceByCourseId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Allowance"][];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    putBulkAllowanceByCourseId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkAllowance"];
            };
        };
        responses: {
            /** @description no body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description all pairs, those that were granted too */
            207: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exam_id: string;
                        user_id: string;
                    }[];
                };
            };
            /** @description INV_ALLOWANCE_INVALID, INV_NOTHING_GRANTED */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        field?: string;
                    } | components["schemas"]["Refusal"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getGroupedAllowanceByCourseId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: components["schemas"]["Allowance"][];
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getActiveAttempt: {
        parameters: {
            query?: {
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessibility_time_string?: string;
                        attempt_code?: string | null;
                        attempt_id?: number;
                        attempt_ready_to_resume?: boolean;
                        attempt_status?: components["schemas"]["AttemptStatus"];
                        course_id?: string;
                        critically_low_threshold_sec?: number;
                        desktop_application_js_url?: string;
                        exam_display_name?: string;
                        exam_started_poll_url?: string;
                        exam_type?: string;
                        exam_url_path?: string;
                        external_id?: string | null;
                        in_timed_exam?: boolean;
                        low_threshold_sec?: number;
                        ping_interval?: number;
                        software_download_url?: string | null;
                        taking_as_proctored?: boolean;
                        time_remaining_seconds?: number;
                        total_time?: string;
                        use_legacy_attempt_api?: boolean;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getActiveExamsForUser: {
        parameters: {
            query?: {
                course_id?: string;
                user_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowances: components["schemas"]["Allowance"][];
                        attempt: components["schemas"]["Attempt"];
                        exam: components["schemas"]["Exam"];
                    }[];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    putAllowance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AllowanceGrant"];
            };
        };
        responses: {
            /** @description no body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    deleteAllowance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AllowanceRemoval"];
            };
        };
        responses: {
            /** @description no body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    getAttempt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptTimer"] | {
                        /** @enum {boolean} */
                        in_timed_exam: false;
                        /** @enum {boolean} */
                        is_proctored: false;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postAttempt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnterExam"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exam_attempt_id: number | false;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getAttemptByAttemptId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolledAttempt"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    putAttemptByAttemptId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttemptAction"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exam_attempt_id: number | false;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    deleteAttemptByAttemptId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description no body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    putAttemptReviewStatusByAttemptId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description no body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    postAttemptReadyByExternalId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                external_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a bare JSON string */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description a bare JSON string */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postAttemptReviewedByExternalId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                external_id: string;
            };
            cookie?: never;
        };
        /** @description The standard body; a provider may read one of its vendor's own. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Review"];
            };
        };
        responses: {
            /** @description a bare JSON string */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description INV_NO_LONGER_PROCTORED */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string | components["schemas"]["Refusal"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getAttemptByCourseId: {
        parameters: {
            query?: {
                content_id?: string;
                is_learning_mfe?: string;
                user_id?: string;
            };
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        active_attempt: {
                            accessibility_time_string?: string;
                            attempt_code?: string | null;
                            attempt_id?: number;
                            attempt_ready_to_resume?: boolean;
                            attempt_status?: components["schemas"]["AttemptStatus"];
                            course_id?: string;
                            critically_low_threshold_sec?: number;
                            desktop_application_js_url?: string;
                            exam_display_name?: string;
                            exam_started_poll_url?: string;
                            exam_type?: string;
                            exam_url_path?: string;
                            external_id?: string | null;
                            in_timed_exam?: boolean;
                            low_threshold_sec?: number;
                            ping_interval?: number;
                            software_download_url?: string | null;
                            taking_as_proctored?: boolean;
                            time_remaining_seconds?: number;
                            total_time?: string;
                            use_legacy_attempt_api?: boolean;
                        };
                        exam: {
                            attempt?: {
                                accessibility_time_string?: string;
                                attempt_code?: string | null;
                                attempt_id?: number;
                                attempt_ready_to_resume?: boolean;
                                attempt_status?: components["schemas"]["AttemptStatus"];
                                course_id?: string;
                                critically_low_threshold_sec?: number;
                                desktop_application_js_url?: string;
                                exam_display_name?: string;
                                exam_started_poll_url?: string;
                                exam_type?: string;
                                exam_url_path?: string;
                                external_id?: string | null;
                                in_timed_exam?: boolean;
                                low_threshold_sec?: number;
                                ping_interval?: number;
                                software_download_url?: string | null;
                                taking_as_proctored?: boolean;
                                time_remaining_seconds?: number;
                                total_time?: string;
                                use_legacy_attempt_api?: boolean;
                            };
                            backend?: string | null;
                            content_id?: string;
                            course_id?: string;
                            /** @description ISO 8601, UTC, microseconds when there are any */
                            due_date?: string | null;
                            exam_name?: string;
                            external_id?: string | null;
                            hide_after_due?: boolean;
                            id?: number;
                            is_active?: boolean;
                            is_practice_exam?: boolean;
                            is_proctored?: boolean;
                            onboarding_link?: string;
                            passed_due_date?: boolean;
                            prerequisite_status?: {
                                [key: string]: unknown;
                            };
                            time_limit_mins?: number;
                            total_time?: string;
                            type?: string;
                            use_legacy_attempt_api?: boolean;
                        };
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getAttemptGroupedByCourseId: {
        parameters: {
            query?: {
                /** @description from 1; one that is not there means the last */
                page?: string;
            };
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupedAttempts"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getAttemptGroupedSearchByCourseIdAndText: {
        parameters: {
            query?: {
                /** @description from 1; one that is not there means the last */
                page?: string;
            };
            header?: never;
            path: {
                course_id: string;
                /** @description a part of a user name or e-mail address */
                text: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupedAttempts"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    putBulkAllowance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkAllowance"];
            };
        };
        responses: {
            /** @description no body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description all pairs, those that were granted too */
            207: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exam_id: string;
                        user_id: string;
                    }[];
                };
            };
            /** @description INV_ALLOWANCE_INVALID, INV_NOTHING_GRANTED */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        field?: string;
                    } | components["schemas"]["Refusal"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getExam: {
        parameters: {
            query?: {
                content_id?: string;
                course_id?: string;
                exam_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exam"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    putExam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExamChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exam_id: number;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postExam: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExam"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exam_id: number;
                    };
                };
            };
            /** @description INV_EXAM_INVALID, INV_EXAM_EXISTS, INV_PROVIDER_NOT_FOR_COURSE */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string[];
                    } | components["schemas"]["Refusal"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    deleteResetAttemptsByExamIdAndUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exam_id: number;
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description no body */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a bare JSON string */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    patchExamRegistrationByCourseId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisteredExam"][];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exam_id: number;
                    }[];
                };
            };
            /** @description INV_REGISTRATION_INVALID */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ({
                        [key: string]: string[];
                    }[] | {
                        [key: string]: string[];
                    }) | components["schemas"]["Refusal"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getExamByCourseId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exam"][];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getExamByCourseIdAndContentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                content_id: string;
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exam"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getExamByExamId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exam_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exam"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getReviewPolicyByExamId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exam_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        review_policy: string | null;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getSettingsByExamId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exam_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExamSettings"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postRetireBackendUserByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description provider -> whether it retired the learner */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: boolean;
                    };
                };
            };
            /** @description INV_NOT_RETIRED */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: boolean;
                    } | components["schemas"]["Refusal"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postRetireUserByUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description no body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    getUserOnboardingStatus: {
        parameters: {
            query?: {
                course_id?: string;
                is_learning_mfe?: string;
                username?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description ours, or the vendor's own text */
                        expiration_date: string | null;
                        onboarding_link: string | null;
                        onboarding_past_due: boolean;
                        /** @description ISO 8601 with +00:00 */
                        onboarding_release_date: string | null;
                        onboarding_status: string | null;
                        review_requirements_url: string;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getUserOnboardingStatusByCourseId: {
        parameters: {
            query?: {
                /** @description from 1; one that is not there means the last */
                page?: string;
                /** @description words with commas between */
                statuses?: string;
                text_search?: string;
            };
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                        next: string | null;
                        num_pages: number;
                        previous: string | null;
                        results: {
                            enrollment_mode: string;
                            /** @description ISO 8601, UTC, microseconds when there are any */
                            modified: string | null;
                            status: string | null;
                            username: string;
                        }[];
                        use_onboarding_profile_api: boolean;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postAttemptSummaries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    content_ids: string[];
                    course_id: string;
                    /** @description another learner: staff only */
                    user_id?: number | null;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description by content id; null = no exam there, or none this learner may take */
                        summaries: {
                            [key: string]: components["schemas"]["AttemptSummary"] | null;
                        };
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getAttemptsTimelineByAttemptId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempt_id: number;
                        /** @description oldest first */
                        timeline: components["schemas"]["TimelineEntry"][];
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getCoursesLastCompletionByCourseId: {
        parameters: {
            query?: {
                /** @description another learner: course staff only */
                username?: string;
            };
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null until the learner has completed every proctored exam of the course */
                        last_completed_at: string | null;
                        username: string;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getCoursesViolationsByCourseId: {
        parameters: {
            query?: {
                /** @description the `next` of the page before */
                after?: number;
                limit?: number;
                /** @description whose reviews are attached; all attempts are listed in any case */
                reviews?: "graded" | "practice" | "all";
            };
            header?: never;
            path: {
                course_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next: number | null;
                        violations: components["schemas"]["Violation"][];
                    };
                    "text/csv": string;
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getEffects: {
        parameters: {
            query?: {
                /** @description only effects with a smaller id: the `next` of the page before */
                before?: number;
                kind?: "provider" | "lms" | "email" | "webhook";
                limit?: number;
                /** @description only what is for this vendor */
                provider?: string;
                state?: "pending" | "delivered" | "dead";
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            dead: number;
                            oldest_pending_seconds: number;
                            pending: number;
                        };
                        effects: components["schemas"]["Effect"][];
                        next: number | null;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postEffectsRetryById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Effect"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description names that exams, attempts or effects have and the configuration has not */
                        missing: components["schemas"]["MissingProvider"][];
                        providers: components["schemas"]["Provider"][];
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getProvidersByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postProvidersRetryEffectsByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description effects that are due now */
                        retried: number;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postStudentView: {
        parameters: {
            query?: {
                /** @description present: a whole HTML document */
                document?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Viewer"];
            };
        };
        responses: {
            /** @description The page, as HTML or with `Accept: application/json` as an object; its name is in the header Invigil-View too. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                    "text/html": string;
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    getCsrfApiV1Token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        csrfToken: string;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detailed_status: {
                            [key: string]: string;
                        };
                        overall_status: string;
                    };
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detailed_status: {
                            [key: string]: string;
                        };
                        overall_status: string;
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getHealthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    getHealthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks: {
                            [key: string]: "ok" | "failed";
                        };
                        status: "ok" | "failed";
                    };
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks: {
                            [key: string]: "ok" | "failed";
                        };
                        status: "ok" | "failed";
                    };
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    postOauth2AccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    client_id?: string;
                    client_secret?: string;
                    /** @description client_credentials */
                    grant_type?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        expires_in: number;
                        scope: string;
                        /** @enum {string} */
                        token_type: "JWT";
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        error: string;
                        error_description: string;
                    };
                };
            };
            /** @description INV_BAD_CLIENT */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                        error: string;
                        error_description: string;
                    } | components["schemas"]["Refusal"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
}
