package io.github.camelvoice.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Vectors of RFC 2617 (3.5), RFC 2069 (erratum), RFC 7616 (3.9.1, 3.9.2 with erratum 4897). */
class DigestAlgorithmTest {

    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    @Test
    void rfc7616Md5() {
        assertThat(rfc7616(DigestAlgorithm.MD5)).isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
    }

    @Test
    void rfc7616Sha256() {
        assertThat(rfc7616(DigestAlgorithm.SHA_256)).isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    private static String rfc7616(DigestAlgorithm algorithm) {
        return algorithm.response(algorithm.ha1("Mufasa", "http-auth@example.org", "Circle of Life"), NONCE, "00000001", CNONCE, "auth",
                "GET", "/dir/index.html");
    }

    @Test
    void rfc7616Sha512With256Bits() {
        DigestAlgorithm algorithm = DigestAlgorithm.SHA_512_256;
        assertThat(algorithm.response(algorithm.ha1("J\u00e4s\u00f8n Doe", "api@example.org", "Secret, or not?"),
                "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", "00000001", "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v", "auth", "GET",
                "/doe.json")).isEqualTo("3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5");
    }

    @Test
    void rfc2617() {
        DigestAlgorithm md5 = DigestAlgorithm.MD5;
        assertThat(md5.response(md5.ha1("Mufasa", "testrealm@host.com", "Circle Of Life"), "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                "00000001", "0a4f113b", "auth", "GET", "/dir/index.html")).isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    @Test
    void rfc2069WithoutQop() {
        DigestAlgorithm md5 = DigestAlgorithm.MD5;
        assertThat(md5.response(md5.ha1("Mufasa", "testrealm@host.com", "CircleOfLife"), "dcd98b7102dd2f0e8b11d0f600bfb0c093", null,
                null, null, "GET", "/dir/index.html")).isEqualTo("1949323746fe6a43ef61f9606e7febea");
    }

    @Test
    void namesAreComparedWithoutCaseAndNoneMeansMd5() {
        assertThat(DigestAlgorithm.of(null)).isEqualTo(DigestAlgorithm.MD5);
        assertThat(DigestAlgorithm.of("sha-256")).isEqualTo(DigestAlgorithm.SHA_256);
        assertThat(DigestAlgorithm.of("MD5-sess")).isNull();
    }
}
