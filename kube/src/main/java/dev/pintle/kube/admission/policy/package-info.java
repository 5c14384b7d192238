/// Policies of admission: those in force ([PoliciesInForce]), compiled once a revision and bound, their parameters ([PolicyParams]), and
/// the two plugins that ask them: [ValidatingAdmissionPolicies] and [MutatingAdmissionPolicies].
@NullMarked
package dev.pintle.kube.admission.policy;

import org.jspecify.annotations.NullMarked;
