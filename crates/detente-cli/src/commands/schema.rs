//! `detente schema`: the JSON Schema of a case file and of what the verbs print.

use crate::args::{Schema, SchemaOf};
use crate::{Ended, Failure, output};
use detente::lens::Finding;
use detente::lens::mandate::MandateAnswer;
use detente::lens::order::OrderAnswer;
use detente::lens::stability::StabilityAnswer;
use detente::lens::talks::TalksAnswer;
use detente::lens::zone::ZoneAnswer;
use schemars::schema_for;

pub(crate) fn run(arguments: &Schema) -> Result<Ended, Failure> {
    let schema = match arguments.of {
        SchemaOf::Case => detente::case::schema(),
        SchemaOf::Check => schema_for!(detente::case::Report).to_value(),
        SchemaOf::Brief => schema_for!(detente::brief::content::Brief).to_value(),
        SchemaOf::Zone => schema_for!(Finding<ZoneAnswer>).to_value(),
        SchemaOf::Study => schema_for!(super::zone::Answer).to_value(),
        SchemaOf::Comparison => schema_for!(super::zone::Comparison).to_value(),
        SchemaOf::Order => schema_for!(Finding<OrderAnswer>).to_value(),
        SchemaOf::Mandate => schema_for!(Finding<MandateAnswer>).to_value(),
        SchemaOf::Stability => schema_for!(Finding<StabilityAnswer>).to_value(),
        SchemaOf::Conflict => schema_for!(super::stability::Answer).to_value(),
        SchemaOf::Talks => schema_for!(Finding<TalksAnswer>).to_value(),
        SchemaOf::Tournament => schema_for!(super::tournament::Answer).to_value(),
        SchemaOf::Explain => schema_for!(Vec<super::explain::Page>).to_value(),
        SchemaOf::Convert => schema_for!(super::convert::Converted).to_value(),
        SchemaOf::New => schema_for!(super::new::Made).to_value(),
    };
    output::print(&output::json(&schema)?)?;
    Ok(Ended::Fine)
}
