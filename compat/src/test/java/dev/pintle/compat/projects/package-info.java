/// Foreign projects as their users have them: each project's own programs, installed by its own chart or manifest, in a cluster that is
/// Pintle.
///
/// `./pintle peers helm crossplane gatekeeper kyverno pilot-discovery` builds what judges here.
@NullMarked
package dev.pintle.compat.projects;

import org.jspecify.annotations.NullMarked;
