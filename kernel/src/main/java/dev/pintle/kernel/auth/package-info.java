/// Users, roles and permissions of the store: who may read and write which keys.
///
/// [AuthImage] is what holds at one moment, and answers questions; [AuthChange] is what can be done to it, [AuthRules] does it.
@NullMarked
package dev.pintle.kernel.auth;

import org.jspecify.annotations.NullMarked;
