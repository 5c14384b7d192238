package dev.pintle.compat.josdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// The findings of an operator.
///
/// @param seen the generation that it looked at
/// @param text what it says of it, absent where it says nothing
/// @param trouble what keeps it from its work, absent where nothing does
@JsonInclude(JsonInclude.Include.NON_NULL)
record KioskStatus(long seen, @Nullable String text, @Nullable String trouble) {}
