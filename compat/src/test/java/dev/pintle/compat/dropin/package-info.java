/// `pintle etcd` in the place of an etcd: its flags, places, certificates and name.
@NullMarked
package dev.pintle.compat.dropin;

import org.jspecify.annotations.NullMarked;
