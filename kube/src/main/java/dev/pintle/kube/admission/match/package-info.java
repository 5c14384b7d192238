/// The question whether a webhook or a policy is about a request: its rules, its selectors, and equivalent resources. A
/// [dev.pintle.kube.admission.match.MatchCriteria] is what was written, compiled; a [dev.pintle.kube.admission.match.RequestMatcher]
/// asks it, and [dev.pintle.kube.admission.match.ObjectForms] makes of an object the form that was matched. It knows neither webhooks
/// nor policies.
@NullMarked
package dev.pintle.kube.admission.match;

import org.jspecify.annotations.NullMarked;
