package io.github.camelvoice.document;

import java.util.Locale;

/** Kinds of mistakes in a document, or of trouble while it runs. SWML has a word for each. */
public enum ProblemCode {
    /** The document could not be fetched. */
    HTTP_RETRIEVAL_ERROR,
    /** Neither JSON nor YAML, or too large. */
    PARSE_ERROR,
    VERSION_INVALID,
    SECTIONS_MISSING,
    MAIN_SECTION_MISSING,
    SECTION_CODE_MISSING,
    ELEMENT_UNDEFINED,
    ELEMENT_WRONG_TYPE,
    ELEMENT_INVALID_VALUE,
    METHOD_MISSING_NAME,
    METHOD_UNDEFINED,
    METHOD_PARAMETER_MISSING,
    METHOD_PARAMETER_UNDEFINED,
    METHOD_PARAMETER_INVALID_VALUE,
    METHOD_PARAMETER_CONFLICT,
    METHOD_EXECUTE_FAILED,
    NESTED_TOO_DEEP,
    TOO_MANY_TRANSFERS;

    /** {@code method-undefined} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** SWML's own word, value of the variable {@code script_error}: {@code relay_script_method_undefined}. */
    public String swml() {
        return "relay_script_" + name().toLowerCase(Locale.ROOT);
    }
}
