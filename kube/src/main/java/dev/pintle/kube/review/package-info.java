/// The reviews of `authentication.k8s.io` and `authorization.k8s.io`: [Reviews] answers who a caller is and what somebody may do.
@NullMarked
package dev.pintle.kube.review;

import org.jspecify.annotations.NullMarked;
