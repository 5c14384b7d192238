/// Stand-ins for the wire and the member.
@NullMarked
package dev.pintle.etcd.fake;

import org.jspecify.annotations.NullMarked;
