/// The user's decisions, checked: one record per component, units in the types.
@NullMarked
package dev.pintle.server.config;

import org.jspecify.annotations.NullMarked;
