package dev.pintle.kube.cel;

import org.jspecify.annotations.Nullable;

/// The types of objects that an expression may speak of.
interface StructTypes {

  /// The type of a field of an object, null when it has no such field.
  @Nullable CelType field(CelType struct, String name);

  /// Whether it says which fields the objects of a type have.
  boolean describes(CelType struct);

  /// The type that a name in an expression stands for and that literals may be of (`Object.spec{}`), null when it is none.
  default @Nullable CelType made(String name) {
    return null;
  }
}
