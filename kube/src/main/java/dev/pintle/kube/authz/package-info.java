/// The rights of a caller: [Authorizer] looks for a role that allows it and a [RoleBinding] that gives the role to
/// them, first among those that are always there ([BuiltInPolicy]), then in the store ([StoredPolicy]).
@NullMarked
package dev.pintle.kube.authz;

import org.jspecify.annotations.NullMarked;
