/// What the server does to objects by itself after they are stored, as upstream's own controllers do: [ApiServices] and
/// [FlowSchemas] each follow the store and bring what they look after to where it must be.
@NullMarked
package dev.pintle.kube.controller;

import org.jspecify.annotations.NullMarked;
