/// The warnings of what is allowed and should not be asked for, in the words of the real API server: what is deprecated, without
/// effect, ambiguous or about to be refused. [ObjectWarnings] is the entry; each other class knows some kinds or some parts
/// of a pod.
///
/// Not here: warnings of fields (decoding), of versions, and of what this server does not enforce.
@NullMarked
package dev.pintle.kube.warning;

import org.jspecify.annotations.NullMarked;
