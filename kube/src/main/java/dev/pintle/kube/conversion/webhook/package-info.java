/// Conversion of custom resources by the webhook of their definition: what it is asked ([ConversionReview]), what it may say
/// ([ConvertedObject]), and how that is counted ([ConversionMetrics]).
@NullMarked
package dev.pintle.kube.conversion.webhook;

import org.jspecify.annotations.NullMarked;
