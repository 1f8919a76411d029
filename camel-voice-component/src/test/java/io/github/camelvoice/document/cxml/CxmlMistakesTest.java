package io.github.camelvoice.document.cxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Role;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong, and where: each case stands on a line of its own, behind an arrow what is said of it. */
class CxmlMistakesTest {

    private static final URI BASE = URI.create("https://app.example/dir/main?x=1");
    private static final String SIP = "<Sip>sip:b@example.com</Sip>";

    static Document read(String text) throws DocumentException {
        return CxmlParser.parse("test", BASE, text, Role.MAIN, CxmlOptions.STANDARD);
    }

    private static Stream<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank());
    }

    static Stream<String> mistakes() {
        return lines("""
                <Dial><Sip></Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be a SIP URI
                <Dial/> -> /Response/Dial (line 2, column 1): Dial has nobody to call
                <Dial> </Dial> -> /Response/Dial (line 2, column 1): Dial has nobody to call
                <Dial>+15551234</Dial> -> /Response/Dial (line 2, column 1): Dial has text, a number perhaps (+15551234)
                <Dial><Number>1</Number></Dial> -> /Response/Dial/Number (line 2, column 7): Number is not supported in Dial: there is no telephone network
                <Dial><Client>x</Client></Dial> -> /Response/Dial/Client (line 2, column 7): Client is not supported in Dial
                <Dial><Conference>x</Conference></Dial> -> /Response/Dial/Conference (line 2, column 7): Conference is not supported in Dial: there are no conf
                <Dial><Queue>x</Queue></Dial> -> /Response/Dial/Queue (line 2, column 7): Queue is not supported in Dial
                <Dial><Verto>x</Verto></Dial> -> /Response/Dial/Verto (line 2, column 7): Verto is not supported in Dial
                <Dial><Sim>x</Sim></Dial> -> /Response/Dial/Sim (line 2, column 7): Sim is not supported in Dial
                <Dial><Foo>x</Foo></Dial> -> /Response/Dial/Foo (line 2, column 7): Foo cannot be within Dial; there is Sip
                <Dial>SIP<Number>1</Number></Dial> -> /Response/Dial/Number (line 2, column 35): Number is not supported in Dial
                <Dial timeout="x">SIP</Dial> -> /Response/Dial/@timeout (line 2, column 7): timeout of Dial must be a whole number from 0: x
                <Dial timeout="-1">SIP</Dial> -> /Response/Dial/@timeout (line 2, column 7): timeout of Dial must be a whole number from 0: -1
                <Dial timeLimit="0">SIP</Dial> -> /Response/Dial/@timeLimit (line 2, column 7): timeLimit of Dial must be 1 to 86400: 0
                <Dial timeLimit="99999999999">SIP</Dial> -> /Response/Dial/@timeLimit (line 2, column 7): timeLimit of Dial must be 1 to 86400
                <Dial  hangupOnStar="yes">SIP</Dial> -> /Response/Dial/@hangupOnStar (line 2, column 8): hangupOnStar of Dial must be true or false: yes
                <Dial answerOnBridge="">SIP</Dial> -> /Response/Dial/@answerOnBridge (line 2, column 7): answerOnBridge of Dial must be true or false
                <Dial sequential="1">SIP</Dial> -> /Response/Dial/@sequential (line 2, column 7): sequential of Dial must be true or false
                <Dial callerId="a b">SIP</Dial> -> /Response/Dial/@callerId (line 2, column 7): callerId of Dial must be letters, digits and
                <Dial callerId="">SIP</Dial> -> /Response/Dial/@callerId (line 2, column 7): callerId of Dial must be letters
                <Dial callerId="a@b">SIP</Dial> -> /Response/Dial/@callerId (line 2, column 7): callerId of Dial must be letters
                <Dial callerId="a&#10;b">SIP</Dial> -> /Response/Dial/@callerId (line 2, column 7): callerId of Dial must be letters
                <Dial callerId="a&gt;;x">SIP</Dial> -> /Response/Dial/@callerId (line 2, column 7): callerId of Dial must be letters
                <Dial callerName="a&quot;b">SIP</Dial> -> /Response/Dial/@callerName (line 2, column 7): callerName of Dial must be 1 to 70
                <Dial callerName="a&#13;b">SIP</Dial> -> /Response/Dial/@callerName (line 2, column 7): callerName of Dial must be 1 to 70
                <Dial record="yes">SIP</Dial> -> /Response/Dial/@record (line 2, column 7): record of Dial must be do-not-record, record-from-answer
                <Dial record="true" recordingTrack="left">SIP</Dial> -> /Response/Dial/@recordingTrack (line 2, column 21): recordingTrack of Dial must be
                <Dial record="true" trim="yes">SIP</Dial> -> /Response/Dial/@trim (line 2, column 21): trim of Dial must be one of
                <Dial record="true" recordingStatusCallback="x:y">SIP</Dial> -> /Response/Dial/@recordingStatusCallback (line 2, column 21):
                <Dial recordingStatusCallbackEvent="done">SIP</Dial> -> /Response/Dial/@recordingStatusCallbackEvent (line 2, column 7):
                <Dial recordingStatusCallbackMethod="PUT">SIP</Dial> -> /Response/Dial/@recordingStatusCallbackMethod (line 2, column 7):
                <Dial recordingStorageUrlMethod="GET">SIP</Dial> -> /Response/Dial/@recordingStorageUrlMethod (line 2, column 7):
                <Dial recordingStorageUrl="ftp://x/y">SIP</Dial> -> /Response/Dial/@recordingStorageUrl (line 2, column 7):
                <Dial ringTone="gb">SIP</Dial> -> /Response/Dial/@ringTone (line 2, column 7): ringTone of Dial must be one of at, au
                <Dial action="ftp://x/y">SIP</Dial> -> /Response/Dial/@action (line 2, column 7): action of Dial must be an http or https URL
                <Dial action="javascript:x">SIP</Dial> -> /Response/Dial/@action (line 2, column 7): action of Dial must be an http or https URL
                <Dial action="http://">SIP</Dial> -> /Response/Dial/@action (line 2, column 7): action of Dial must be an http or https URL
                <Dial action="a b">SIP</Dial> -> /Response/Dial/@action (line 2, column 7): action of Dial must be an http or https URL
                <Dial method="PUT" action="/x">SIP</Dial> -> /Response/Dial/@method (line 2, column 7): method of Dial must be GET or POST: PUT
                <Dial><Sip>bob</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be a SIP URI, sip:user@host: bob
                <Dial><Sip>tel:+1555</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be a SIP URI
                <Dial><Sip>sip:</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be a SIP URI with a host
                <Dial><Sip>sip:a@</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be a SIP URI with a host
                <Dial><Sip>sip:a@b:99999</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be a SIP URI with a host
                <Dial><Sip>sip:a@b:0</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be a SIP URI with a host
                <Dial><Sip>sip:a@b_c</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be a SIP URI with a host
                <Dial><Sip>sip:a b@c</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be a SIP URI without white space
                <Dial><Sip>sip:a&lt;x@c</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a user that cannot be one
                <Dial><Sip>sip:a:secret@c</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a user that cannot be one
                <Dial><Sip>sip:a@c;transport=ws</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a transport that there is not
                <Dial><Sip>sip:a@c;maddr=1.2.3.4</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not have the parameter maddr
                <Dial><Sip>sip:a@c;lr</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not have the parameter lr
                <Dial><Sip>sip:a@c;method=BYE</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not have the parameter method
                <Dial><Sip>sip:a@c;secure=1</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must be true or false
                <Dial><Sip>sip:a@c;x="</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a parameter that cannot be one
                <Dial><Sip>sip:a@c;</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a parameter that cannot be one
                <Dial><Sip>sip:a@c?Via=x</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not set the header Via
                <Dial><Sip>sip:a@c?route=x</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not set the header route
                <Dial><Sip>sip:a@c?%52oute=x</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not set the header Route
                <Dial><Sip>sip:a@c?Contact=x</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not set the header Contact
                <Dial><Sip>sip:a@c?m=x</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not set the header m
                <Dial><Sip>sip:a@c?body=x</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not set the header body
                <Dial><Sip>sip:a@c?Authorization=x</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not set the header Auth
                <Dial><Sip>sip:a@c?x-voice-callsid=x</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip must not set the header x-voice
                <Dial><Sip>sip:a@c?X-A=1%0d%0aRoute:x</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a control character
                <Dial><Sip>sip:a@c?X-A=%00</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a control character in the header X-A
                <Dial><Sip>sip:a@c?X%3aA=1</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a header whose name cannot be one
                <Dial><Sip>sip:a@c?=1</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a header whose name cannot be one
                <Dial><Sip>sip:a@c?X-A=%zz</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has a % in its headers
                <Dial><Sip>sip:a@c?X-A=%ff</Sip></Dial> -> /Response/Dial/Sip (line 2, column 7): the text of Sip has headers that are no UTF-8
                <Dial><Sip codecs="GSM">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@codecs (line 2, column 12): codecs of Sip must be some of PCMU, PCMA
                <Dial><Sip codecs="">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@codecs (line 2, column 12): codecs of Sip must be some of
                <Dial><Sip codecs="PCMU,,PCMA">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@codecs (line 2, column 12): codecs of Sip must be some of
                <Dial><Sip username="a">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@username (line 2, column 12): username of Sip needs a password too
                <Dial><Sip password="a">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@password (line 2, column 12): password of Sip needs a username too
                <Dial><Sip sessionTimeout="-1">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@sessionTimeout (line 2, column 12):
                <Dial><Sip url="x:y">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@url (line 2, column 12): url of Sip must be an http or https URL
                <Dial><Sip url="/w" method="get it">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@method (line 2, column 21): method of Sip must be GET or
                <Dial><Sip statusCallback="/s" statusCallbackEvent="ringing done">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@statusCallbackEvent (line 2, column 32): statusCallbackEvent of Sip must be one of initiated, ringing, answered, completed
                <Dial><Sip statusCallbackMethod="DELETE">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@statusCallbackMethod (line 2, column 12):
                <Dial><Sip>sip:a@c<b/></Sip></Dial> -> /Response/Dial/Sip/b (line 2, column 19): b cannot be within Sip
                <Say/> -> /Response/Say (line 2, column 1): Say needs a text
                <Say loop="-1">x</Say> -> /Response/Say/@loop (line 2, column 6): loop of Say must be 0 to 1000: -1
                <Say language="english please">x</Say> -> /Response/Say/@language (line 2, column 6): language of Say must be a language
                <Play/> -> /Response/Play (line 2, column 1): the text of Play must be an http or https URL
                <Play>../secret</Play> -> no
                <Play>file:///etc/passwd</Play> -> /Response/Play (line 2, column 1): the text of Play must be an http or https URL
                <Play>sounds/../../x.wav</Play> -> /Response/Play (line 2, column 1): the text of Play must be an http or https URL
                <Play digits="x"/> -> /Response/Play/@digits (line 2, column 7): digits of Play must be 1 to 64 of
                <Play digits="1">prompt:x</Play> -> /Response/Play (line 2, column 1): Play has both digits and a sound
                <Pause length="-1"/> -> /Response/Pause/@length (line 2, column 8): length of Pause must be 0 to 3600: -1
                <Pause length="1.5"/> -> /Response/Pause/@length (line 2, column 8): length of Pause must be 0 to 3600: 1.5
                <Gather input="speech"/> -> /Response/Gather/@input (line 2, column 9): input of Gather must be dtmf: there is no speech recognition
                <Gather input="eyes"/> -> /Response/Gather/@input (line 2, column 9): input of Gather must be dtmf: eyes
                <Gather numDigits="0"/> -> /Response/Gather/@numDigits (line 2, column 9): numDigits of Gather must be 1 to 128: 0
                <Gather finishOnKey="12"/> -> /Response/Gather/@finishOnKey (line 2, column 9): finishOnKey of Gather must be one key
                <Gather finishOnKey="x"/> -> /Response/Gather/@finishOnKey (line 2, column 9): finishOnKey of Gather must be keys
                <Gather timeout="0"/> -> /Response/Gather/@timeout (line 2, column 9): timeout of Gather must be 1 to 600: 0
                <Gather><Dial>SIP</Dial></Gather> -> /Response/Gather/Dial (line 2, column 9): Dial cannot be within Gather; there are Say, Play and Pause
                <Gather><Play digits="1"/></Gather> -> /Response/Gather/Play (line 2, column 9): Play within Gather cannot send digits
                <Gather><Say/></Gather> -> /Response/Gather/Say (line 2, column 9): Say needs a text
                <Record maxLength="0"/> -> /Response/Record/@maxLength (line 2, column 9): maxLength of Record must be 1 to 14400: 0
                <Record finishOnKey="x"/> -> /Response/Record/@finishOnKey (line 2, column 9): finishOnKey of Record must be keys
                <Record playBeep="x"/> -> /Response/Record/@playBeep (line 2, column 9): playBeep of Record must be true or false
                <Record trim="x"/> -> /Response/Record/@trim (line 2, column 9): trim of Record must be one of
                <Record timeout="-5"/> -> /Response/Record/@timeout (line 2, column 9): timeout of Record must be 1 to 600: -5
                <Reject reason="bored"/> -> /Response/Reject/@reason (line 2, column 9): reason of Reject must be one of
                <Redirect>ftp://x/y</Redirect> -> /Response/Redirect (line 2, column 1): the text of Redirect must be an http or https URL
                <Redirect method="HEAD">/x</Redirect> -> /Response/Redirect/@method (line 2, column 11): method of Redirect must be GET or POST: HEAD
                <Refer/> -> /Response/Refer (line 2, column 1): Refer must have one Sip within
                <Refer>SIPSIP</Refer> -> /Response/Refer (line 2, column 1): Refer must have one Sip within
                <Refer><Number>1</Number></Refer> -> /Response/Refer (line 2, column 1): Refer must have one Sip within
                <Refer><Sip>sip:a@c?X-A=1</Sip></Refer> -> /Response/Refer/Sip (line 2, column 8): the text of Sip must not have headers
                <Refer><Sip>sip:a@c;secure=true</Sip></Refer> -> /Response/Refer/Sip (line 2, column 8): the text of Sip must not have secure=true
                <Stream/> -> /Response/Stream (line 2, column 1): Stream needs a url
                <Stream url="http://x/y"/> -> /Response/Stream/@url (line 2, column 9): url of Stream must be a ws or wss URL
                <Stream url="wss://x/y" track="up"/> -> /Response/Stream/@track (line 2, column 25): track of Stream must be one of
                <Stream url="wss://x/y" name="a b"/> -> /Response/Stream/@name (line 2, column 25): name of Stream must be 1 to 128
                <Stream url="wss://x/y"><Parameter value="x"/></Stream> -> /Response/Stream/Parameter (line 2, column 25): Parameter needs a name
                <Stream url="wss://x/y"><Say>x</Say></Stream> -> /Response/Stream/Say (line 2, column 25): Say cannot be within Stream
                <Start/> -> /Response/Start (line 2, column 1): Start must have one Stream within
                <Start><Siprec/></Start> -> /Response/Start/Siprec (line 2, column 8): Start must have one Stream within; Siprec is not supported
                <Stop><Stream/></Stop> -> /Response/Stop/Stream (line 2, column 7): the Stream in Stop needs a name
                <dial>SIP</dial> -> /Response/dial (line 2, column 1): there is no verb dial; is it Dial?; there are Dial, Gather
                <Sip>sip:a@c</Sip> -> /Response/Sip (line 2, column 1): Sip is no verb: it belongs into Dial
                <Connect><Stream url="wss://x/y"/></Connect> -> /Response/Connect (line 2, column 1): Connect is not supported: a stream
                <Enqueue>x</Enqueue> -> /Response/Enqueue (line 2, column 1): Enqueue is not supported: there are no queues
                <Pay/> -> /Response/Pay (line 2, column 1): Pay is not supported: there are no payments
                <Frobnicate/> -> /Response/Frobnicate (line 2, column 1): there is no verb Frobnicate; there are Dial
                <Say>x</Say><Dial timeout="5">SIP<Sip>x</Sip></Dial> -> /Response/Dial/Sip[2] (line 2, column 59): the text of Sip must be a SIP URI
                <Hangup><Say>x</Say></Hangup> -> /Response/Hangup/Say (line 2, column 9): Say cannot be within Hangup
                <Say>a &foo; b</Say> -> the document (line 2, column 8): there is no entity &foo;
                <Say>a</Sai> -> the document (line 2, column 9): is no XML
                <Say a="1" a="2">x</Say> -> the document (line 2, column
                """);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachIsToldWithItsPlace(String line) throws Exception {
        String[] parts = line.split(" -> ", 2);
        String text = "<Response>\n" + parts[0].replace("SIP", SIP) + "\n</Response>";
        if (parts[1].equals("no")) {
            assertThat(read(text).sections()).isNotEmpty();
            return;
        }
        assertThatThrownBy(() -> read(text)).isInstanceOf(DocumentException.class).hasMessageContaining(parts[1])
                .hasMessageNotContaining("secret").hasMessageMatching("[^\\p{Cntrl}]*");
    }

    static Stream<String> warnings() {
        return lines("""
                <Dial timeout="3">SIP</Dial> -> /Response/Dial/@timeout (line 2, column 7): timeout of Dial must be 5 to 600 and was taken as 5: 3
                <Dial timeout="900">SIP</Dial> -> /Response/Dial/@timeout (line 2, column 7): timeout of Dial must be 5 to 600 and was taken as 600: 900
                <Dial Timeout="30">SIP</Dial> -> /Response/Dial/@Timeout (line 2, column 7): Dial has no attribute Timeout; is it timeout?
                <Dial foo="30">SIP</Dial> -> /Response/Dial/@foo (line 2, column 7): Dial has no attribute foo
                <Dial referUrl="/x">SIP</Dial> -> /Response/Dial/@referUrl (line 2, column 7): referUrl of Dial is not supported
                <Dial events="call-progress-event">SIP</Dial> -> /Response/Dial/@events (line 2, column 7): events of Dial is not supported
                <Dial method="GET">SIP</Dial> -> /Response/Dial/@method (line 2, column 7): method of Dial means nothing without action
                <Dial trim="trim-silence">SIP</Dial> -> /Response/Dial/@trim (line 2, column 7): trim of Dial means nothing without record
                <Dial><Sip machineDetection="Enable">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@machineDetection (line 2, column 12): machineDetection of Sip is not supported
                <Dial><Sip amdStatusCallback="/x">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@amdStatusCallback (line 2, column 12): amdStatusCallback of Sip is
                <Dial><Sip sessionTimeout="30">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@sessionTimeout (line 2, column 12): sessionTimeout of Sip must be 90
                <Dial><Sip statusCallbackEvent="ringing">sip:a@c</Sip></Dial> -> /Response/Dial/Sip/@statusCallbackEvent (line 2, column 12):
                <Gather input="dtmf speech"/> -> /Response/Gather/@input (line 2, column 9): input of Gather is taken as dtmf
                <Gather speechTimeout="auto"/> -> /Response/Gather/@speechTimeout (line 2, column 9): speechTimeout of Gather is not supported
                <Record transcribe="true"/> -> /Response/Record/@transcribe (line 2, column 9): transcribe of Record is not supported
                <Say>a <break time="1s"/> b</Say> -> /Response/Say/break (line 2, column 8): break within Say is not supported
                <Stream url="wss://x/y" codec="L16"/> -> /Response/Stream/@codec (line 2, column 25): codec of Stream is not supported
                <Hangup x="1"/> -> /Response/Hangup/@x (line 2, column 9): Hangup has no attribute x
                <Hangup>now</Hangup> -> /Response/Hangup (line 2, column 1): there is text in Hangup, which means nothing: now
                <Redirect>/a?b=1&c=2</Redirect> -> the document (line 2, column 17): '&' is to be written &amp; and was read so
                """);
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void whatIsLeftOutIsAWarning(String line) throws Exception {
        String[] parts = line.split(" -> ", 2);
        assertThat(read("<Response>\n" + parts[0].replace("SIP", SIP) + "\n</Response>").warnings()).singleElement().asString().startsWith(parts[1]);
    }

    @Test
    void placesAreThoseOfTheTextWhateverStandsBefore() {
        assertThatThrownBy(() -> read("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<!-- <Dial> & -->\r\n<Response>\r\n  <Say><![CDATA[<x> & y]]></Say>\r\n"
                + "  <Dial\r\n    action='/a?x=1&y=2'\r\n    timeout='x'><Sip>sip:a@b</Sip></Dial></Response>"))
                .hasMessage("/Response/Dial/@timeout (line 7, column 5): timeout of Dial must be a whole number from 0: x");
        assertThatThrownBy(() -> read("<Response><Say>a & b & c</Sey></Response>")).hasMessageContaining("line 1, column 2");
    }

    @Test
    void allMistakesAreToldUpToTwenty() {
        assertThatThrownBy(() -> read("<Response>" + "<Nope/>".repeat(30) + "</Response>")).isInstanceOfSatisfying(DocumentException.class,
                wrong -> assertThat(wrong.problems()).hasSize(20));
    }

    @Test
    void withoutAUrlOfTheDocumentThereAreNoRelativeOnes() throws Exception {
        assertThatThrownBy(() -> CxmlParser.parse("body", null, "<Response><Redirect>/x</Redirect></Response>", Role.MAIN, CxmlOptions.STANDARD))
                .hasMessageContaining("must be an http or https URL: this document has none of its own for a relative one");
        assertThat(CxmlParser.parse("body", null, "<Response><Gather/></Response>", Role.MAIN, CxmlOptions.STANDARD).warnings()).isEmpty();
    }
}
