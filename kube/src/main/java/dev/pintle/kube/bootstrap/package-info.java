/// The objects that a cluster starts with: [Bootstrap] makes those that are missing, of two tables of facts, one of roles and one of
/// everything else.
@NullMarked
package dev.pintle.kube.bootstrap;

import org.jspecify.annotations.NullMarked;
