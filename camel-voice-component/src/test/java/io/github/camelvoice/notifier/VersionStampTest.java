package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions of documents are counted for each watcher. */
class VersionStampTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <?xml version="1.0"?><a version="7"/> | <?xml version="1.0"?><a version="42"/>
            <a x=">" version = '7' state="full"><b version="7"/></a> | <a x=">" version = '42' state="full"><b version="7"/></a>
            <!-- <a version="7"> --><a  version="1234"></a> | <!-- <a version="7"> --><a  version="42"></a>
            <p:a xmlns:p="u" p:version="1" version="2"/> | <p:a xmlns:p="u" p:version="1" version="42"/>
            <a/> | <a/>
            <a><b version="7"/></a> | <a><b version="7"/></a>
            nothing | nothing
            <a version= | <a version=
            """)
    void ofTheRootAlone(String document, String stamped) {
        assertThat(VersionStamp.stamp(document, 42)).isEqualTo(stamped);
    }
}
