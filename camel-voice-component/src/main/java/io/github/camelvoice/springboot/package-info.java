/** Makes the component at home in Spring Boot. Alone, with the component itself, in knowing Camel, and alone in knowing Spring. */
package io.github.camelvoice.springboot;
