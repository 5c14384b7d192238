package dev.pintle.kube.ownership;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import org.jspecify.annotations.Nullable;

/// The result of applying a configuration.
///
/// @param object to be filled in, admitted and checked as if it had been sent
/// @param entries what its `managedFields` are to be; null for none
public record ApplyResult(JsonObject object, @Nullable JsonArray entries) {}
