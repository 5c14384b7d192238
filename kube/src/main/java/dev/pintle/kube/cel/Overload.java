package dev.pintle.kube.cel;

import java.util.List;

/// One form of a function.
///
/// @param id upstream's name of the form; costs are told by it
/// @param member whether it is called on its first argument
record Overload(
    String id, boolean member, List<CelType> arguments, CelType result, boolean generic) {}
