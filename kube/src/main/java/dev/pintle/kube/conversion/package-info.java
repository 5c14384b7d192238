/// Objects of one version of a kind as objects of another: [Conversions], which reads `conversions.txt`. Most of it is the
/// names of fields; autoscalers have a form of their own.
@NullMarked
package dev.pintle.kube.conversion;

import org.jspecify.annotations.NullMarked;
