/// A burst of Jobs, all that controllers and kubelets write for them, and what everybody else feels of it.
///
/// The burst ([JobBurst]) is closed: its clients are a process of their own that comes last on this machine, and each asks again as soon as it was
/// answered. Everybody else ([Bystanders]) is open: what they ask is due at a time, and their waiting counts from then on.
@NullMarked
package dev.pintle.bench.storm;

import org.jspecify.annotations.NullMarked;
