/// What policies and webhooks of admission ask with expressions: the request as a review tells it ([ReviewedRequest]), the conditions under
/// which they apply ([ConditionMatcher]), and where expressions run that take long ([ExpressionTurns]). It knows neither policies nor
/// webhooks.
@NullMarked
package dev.pintle.kube.admission.expression;

import org.jspecify.annotations.NullMarked;
