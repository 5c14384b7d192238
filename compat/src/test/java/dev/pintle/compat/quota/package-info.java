/// Quotas that many clients race for: what lies there never exceeds what they allow, and what they say is used is what lies there.
@NullMarked
package dev.pintle.compat.quota;

import org.jspecify.annotations.NullMarked;
