/// The rules of whether an object may be written: what is wrong with it, in the order and the words of the real API
/// server.
///
/// Most of it is data, `validation.txt` beside the classes: the checks of a kind's create and update, and those of each type
/// of structure. What one line cannot say is a [NamedRule]. [ObjectValidation] is the entry; it answers [FieldError]s.
/// Not here: what a schema says of itself (strict decoding), and the schemas of custom resources.
@NullMarked
package dev.pintle.kube.validation;

import org.jspecify.annotations.NullMarked;
