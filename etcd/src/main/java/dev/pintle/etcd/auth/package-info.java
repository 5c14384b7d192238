/// The Auth service, and the checks of permissions before requests are done.
///
/// [AuthConfig] says how users prove who they are. [AccessControl] finds out in whose name a request comes, and refuses what that user may
/// not do; the services ask it. What it lets pass is checked again when it is applied, see [dev.pintle.kernel.command.Command.Checked].
@NullMarked
package dev.pintle.etcd.auth;

import org.jspecify.annotations.NullMarked;
